/** Stand-ins for GPU buffers: a future buffer, and a part of another tensor's buffer. */

/** A buffer that a recording writes before reading. Its place is decided when all commands are known. */
export class VirtualBuffer {
  constructor(readonly bytes: number) {}
}

/** A part of another tensor's buffer: the `resource` of a tensor that lies in it. */
export class BufferView {
  /**
   * @param rootId data id of the tensor that owns the buffer; that tensor must outlive this one
   * @param offset in bytes, a multiple of 256
   */
  constructor(
    readonly rootId: object,
    readonly offset: number,
    readonly bytes: number,
  ) {}
}

/** A whole buffer, or a part of one, that a command reads or writes. */
export interface Region {
  /** A `VirtualBuffer`, or an existing buffer. */
  readonly buffer: object;
  readonly offset: number;
  readonly bytes: number;
}

/** A command's access to memory. */
export interface Access {
  readonly kind: 'dispatch' | 'copy';
  /** At least one region; a copy has exactly one. */
  readonly writes: readonly Region[];
  readonly reads: readonly Region[];
}

/** The alignment of bindings that every WebGPU device supports. */
export const bindingAlignment = 256;

/** The next multiple of `bindingAlignment`. */
export const aligned = (bytes: number): number => Math.ceil(bytes / bindingAlignment) * bindingAlignment;
