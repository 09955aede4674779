/** Reads streams of bytes with cancellation. */

/** How the caller of a long reading follows and cancels it. */
export interface ReadCall {
  /** Receives the share that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Aborting ends the reading with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The chunks of a stream. Leaving the loop cancels the stream. */
export async function* chunksOf<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/** The bytes of a blob as a stream that reports its progress, and fails when the signal aborts. */
export const followed = (
  blob: Blob,
  { onProgress, signal }: ReadCall,
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let done = 0;
  return blob.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        signal?.throwIfAborted();
        done += chunk.length;
        onProgress?.(done / Math.max(1, blob.size));
        controller.enqueue(chunk);
      },
    }),
  );
};
