/** Stand-ins for GPU buffers: one that is not there yet, and a part of another tensor's. */

/** A buffer that a recording writes before it reads it: it gets its place when the whole list of commands is known. */
export class VirtualBuffer {
  constructor(readonly bytes: number) {}
}

/** A part of the buffer of another tensor: what tfjs keeps as the `resource` of a tensor that lies in it. */
export class BufferView {
  /**
   * @param rootId data of the tensor whose buffer it is; that tensor must outlive this one
   * @param offset in bytes, a multiple of 256
   */
  constructor(
    readonly rootId: object,
    readonly offset: number,
    readonly bytes: number,
  ) {}
}

/** Bytes of a whole buffer, or of a part of it, that a command reads or writes. */
export interface Region {
  /** A `VirtualBuffer`, or a buffer that is there. */
  readonly buffer: object;
  readonly offset: number;
  readonly bytes: number;
}

/** What a command does with memory. */
export interface Access {
  readonly kind: 'dispatch' | 'copy';
  readonly write: Region;
  readonly reads: readonly Region[];
}

/** Where WebGPU lets a binding start in any buffer, on every device. */
export const bindingAlignment = 256;

/** The next multiple of `bindingAlignment`. */
export const aligned = (bytes: number): number => Math.ceil(bytes / bindingAlignment) * bindingAlignment;
