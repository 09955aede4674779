/** Stops an archive that expands to far more than it holds. */
import { ResiduaError } from '../errors.ts';

/** Bounds of an archive. */
export interface ExpansionLimits {
  /** Of one file. */
  readonly entryBytes: number;
  readonly entries: number;
  /** What the whole archive expands to, relative to its size. */
  readonly ratio: number;
  /** Never refused. */
  readonly allowedBytes: number;
}

/** The bounds that are used: an image of 64 megapixels with four values of 16 bits; images hardly compress, but masks do. */
export const archiveLimits: ExpansionLimits = {
  entryBytes: 512 * 2 ** 20,
  entries: 500_000,
  ratio: 300,
  allowedBytes: 2 ** 30,
};

const inMegabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;

/** Counts what an archive expands to. */
export class ExpansionGuard {
  private readonly mostBytes: number;
  private total = 0;
  private entries = 0;

  /**
   * @param name of the archive
   * @param size in bytes
   */
  constructor(
    private readonly name: string,
    size: number,
    private readonly limits: ExpansionLimits,
  ) {
    this.mostBytes = Math.max(limits.allowedBytes, size * limits.ratio);
  }

  /**
   * Begins an entry.
   * @param size as declared, in bytes
   * @throws ResiduaError `archive-invalid` if there are too many entries, or this one is too large
   */
  begin(path: string, size: number): void {
    this.entries++;
    if (this.entries > this.limits.entries)
      throw this.refused(`has more than ${this.limits.entries.toLocaleString('en')} files, at ${path}`);
    this.checkEntry(size, path);
  }

  /**
   * Counts bytes of an entry.
   * @param ofEntry all bytes of the entry so far
   * @throws ResiduaError `archive-invalid` naming the entry
   */
  add(bytes: number, ofEntry: number, path: string): void {
    this.total += bytes;
    this.checkEntry(ofEntry, path);
    if (this.total > this.mostBytes)
      throw this.refused(`expands to more than ${inMegabytes(this.mostBytes)}, at ${path}`);
  }

  private checkEntry(bytes: number, path: string): void {
    if (bytes > this.limits.entryBytes)
      throw this.refused(`has a file of more than ${inMegabytes(this.limits.entryBytes)}, ${path}`);
  }

  private refused(what: string): ResiduaError {
    return new ResiduaError(
      'archive-invalid',
      `The archive ${this.name} ${what}.`,
      'Unpack it yourself, and open its folder.',
    );
  }
}
