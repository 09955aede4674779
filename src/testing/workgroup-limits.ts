/** Workgroup limits of other kinds of devices, for tests of plans that this device would not choose. */

/** A GPU with small workgroups. */
export const smallGroups = { invocations: 32, storageBytes: 4096, exchange: 'workgroup' } as const;
export const gpu = { invocations: 128, storageBytes: 16_384, exchange: 'workgroup' } as const;
/** A processor: each invocation handles a line alone. */
export const serial = { invocations: 16, storageBytes: 16_384, exchange: 'private' } as const;
