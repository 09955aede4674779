import { zipSync } from 'fflate';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { nutTarXz } from '#testing/nut-archive.ts';
import { ResiduaError } from '../errors.ts';
import { archiveKind, archiveStem } from './archive-name.ts';
import { entryPath } from './entry-path.ts';
import { openArchive } from './open-archive.ts';

const file = (name: string, body: string | Uint8Array): TarEntry => ({
  header: {
    name,
    size: typeof body === 'string' ? new TextEncoder().encode(body).length : body.length,
    type: 'file',
  },
  body,
});

const tarOf = (...entries: readonly TarEntry[]) => packTar(entries);

const gzipped = async (bytes: Uint8Array<ArrayBuffer>): Promise<Blob> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** The files with their contents, and the refused ones. */
const opened = async (name: string, archive: Blob | Uint8Array<ArrayBuffer>, signal?: AbortSignal) => {
  const files: string[][] = [];
  const shares: number[] = [];
  const blob = archive instanceof Blob ? archive : new Blob([archive]);
  const refused = await openArchive(
    name,
    blob,
    async ({ path, content }) => {
      files.push([path, await content.text()]);
    },
    { signal, onProgress: (share) => shares.push(share) },
  );
  return { files: files.sort(), refused, shares };
};

const nut = [
  ['nut/notes.txt', ''],
  ['nut/test/bad/1.png', 'second'],
  ['nut/train/good/0.png', 'first'],
];

const nutEntries = [
  file('nut/train/good/0.png', 'first'),
  { header: { name: 'nut/test/', size: 0, type: 'directory' } } satisfies TarEntry,
  file('nut/test/bad/1.png', 'second'),
  file('nut/notes.txt', 'note'),
  file('nut/__MACOSX/._0.png', 'left behind'),
];

describe('an archive', () => {
  it('is known by the end of its name', () => {
    const kinds = ['a.zip', 'a.TAR', 'a.tar.gz', 'a.tgz', 'a.tar.xz', 'a.txz', 'a.gz', 'zip', '.zip'].map(
      archiveKind,
    );
    expect(kinds).toEqual([
      'zip',
      'tar',
      'tar.gz',
      'tar.gz',
      'tar.xz',
      'tar.xz',
      undefined,
      undefined,
      undefined,
    ]);
    expect(['b.c.tar.xz', 'b.zip'].map(archiveStem)).toEqual(['b.c', 'b']);
  });

  it('gives its images with their content, and only the names of other files', async () => {
    const tar = await tarOf(...nutEntries);
    for (const [name, archive] of [
      ['nut.tar', new Blob([tar])],
      ['nut.tar.gz', await gzipped(tar)],
      ['nut.tar.xz', new Blob([nutTarXz])],
    ] as const) {
      const { files, refused, shares } = await opened(name, archive);
      expect([files, refused], name).toEqual([nut, []]);
      expect(shares.at(-1), name).toBe(1);
    }
  });

  it.each([0, 9] as const)('that is a .zip, of level %s, gives the same', async (level) => {
    const zip = zipSync(
      {
        'nut/train/good/0.png': text('first'),
        'nut/test/': new Uint8Array(0),
        'nut/test/bad/1.png': text('second'),
        'nut/notes.txt': text('note'),
      },
      { level, comment: 'a comment' },
    );
    const { files, refused, shares } = await opened('nut.zip', new Uint8Array(zip));
    expect([files, refused, shares.at(-1)]).toEqual([nut, [], 1]);
  });

  it('has paths of any length and letters', async () => {
    const path = `${'long-'.repeat(60)}/großes Teil 部品.png`;
    expect((await opened('a.tar', await tarOf(file(path, 'x')))).files).toEqual([[path, 'x']]);
    expect((await opened('a.zip', new Uint8Array(zipSync({ [path]: text('x') })))).files).toEqual([
      [path, 'x'],
    ]);
  });
});

describe('a refused file of an archive', () => {
  it('leads out of it, begins outside, or has no proper name', () => {
    const refusedPaths = [
      '../a.png',
      'a/../../b.png',
      '/etc/a.png',
      'C:\\a.png',
      '..\\a.png',
      'a\u0000.png',
      './',
    ];
    for (const path of refusedPaths) expect(entryPath(path), path).toHaveProperty('problem');
    expect(entryPath('./a//b\\c.png')).toEqual({ path: 'a/b/c.png' });
    expect(entryPath('a..b/..c.png')).toEqual({ path: 'a..b/..c.png' });
  });

  it('is named with its reason, and the others are read', async () => {
    const tar = await tarOf(
      file('../evil.png', 'x'),
      file('a/0.png', 'first'),
      { header: { name: 'a/link.png', size: 0, type: 'symlink', linkname: '/etc/passwd' } },
      file('a/./0.png', 'again'),
      file('a/1.png', 'y'),
    );
    const found = await opened('a.tar', tar);
    expect(found.files).toEqual([
      ['a/0.png', 'first'],
      ['a/1.png', 'y'],
    ]);
    expect(found.refused).toEqual([
      { path: '../evil.png', reason: 'Its path leads out of the archive.' },
      { path: 'a/link.png', reason: 'A link: links are not followed.' },
      { path: 'a/./0.png', reason: 'A second file of this path: the first is used.' },
    ]);
    const zip = zipSync({
      '../evil.png': text('x'),
      'a/link.png': [text('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
      'a/0.png': text('first'),
    });
    const zipped = await opened('a.zip', new Uint8Array(zip));
    expect([zipped.files, zipped.refused.map(({ path }) => path)]).toEqual([
      [['a/0.png', 'first']],
      ['../evil.png', 'a/link.png'],
    ]);
  });

  it('is encrypted, or packed by another method', async () => {
    for (const [offset, value, reason] of [
      [8, 1, 'It is encrypted.'],
      [10, 14, 'It is packed by method 14'],
    ] as const) {
      const zip = new Uint8Array(zipSync({ 'a/0.png': text('first') }));
      const view = new DataView(zip.buffer);
      const listAt = view.getUint32(zip.length - 22 + 16, true);
      view.setUint16(listAt + offset, value, true);
      expect((await opened('a.zip', zip)).refused).toEqual([
        { path: 'a/0.png', reason: expect.stringContaining(reason) },
      ]);
    }
  });
});

describe('a refused archive', () => {
  const refusal = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
    const error: unknown = await opened(name, bytes).catch((thrown: unknown) => thrown);
    if (!(error instanceof ResiduaError)) throw new Error(`${name} was read`);
    expect(error.code).toBe('archive-invalid');
    return error.problem;
  };

  it('is damaged or cut off, whatever its kind', async () => {
    const tar = await tarOf(
      file(
        'a/0.png',
        new Uint8Array(4000).map((_, at) => (at * 7919) % 251),
      ),
    );
    const gz = new Uint8Array(await (await gzipped(tar)).arrayBuffer());
    const zip = new Uint8Array(zipSync({ 'a/0.png': text('first'.repeat(90)) }));
    const xz = nutTarXz;
    for (const [name, bytes] of [
      ['a.tar', tar],
      ['a.tar.gz', gz],
      ['a.tar.xz', xz],
      ['a.zip', zip],
    ] as const) {
      expect(await refusal(name, bytes.slice(0, bytes.length / 2))).toContain(
        `The archive ${name} is damaged`,
      );
      expect(
        await refusal(name, text('no archive, but some text'.repeat(50)) as Uint8Array<ArrayBuffer>),
      ).toContain(name);
    }
  });

  it('is a .zip with a changed file, stored or deflated: both checksums are named', async () => {
    for (const level of [0, 9] as const) {
      const good = new Uint8Array(zipSync({ 'a/0.png': text('0'), 'a/1.png': text('1111') }, { level }));
      const view = new DataView(good.buffer);
      const second = view.getUint32(view.getUint32(good.length - 22 + 16, true) + 46 + 7 + 42, true);
      expect((await opened('a.zip', good)).files).toHaveLength(2);
      // The stored bytes are changed; deflated ones may not be readable then, so their checksum is.
      const changed = good.slice();
      const listed = view.getUint32(good.length - 22 + 16, true) + 46 + 7;
      const at = level === 0 ? second + 30 + 7 : listed + 16;
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await refusal('a.zip', changed)).toMatch(
        /^The archive a\.zip is damaged, or is not what its name says: the file a\/1\.png has the checksum [0-9a-f]{8}, expected [0-9a-f]{8}\.$/,
      );
    }
  });

  it('expands to far more than it holds: named with the file at which it was stopped', async () => {
    const mebibyte = 2 ** 20;
    const limits = { entryBytes: 3 * mebibyte, entries: 4, ratio: 2, allowedBytes: 5 * mebibyte };
    const problemOf = async (name: string, archive: Blob): Promise<string> => {
      const taken: number[] = [];
      const take = ({ content }: { readonly content: Blob }): void => void taken.push(content.size);
      const error: unknown = await openArchive(name, archive, take, {}, limits).catch((thrown) => thrown);
      expect(taken.every((size) => size <= limits.entryBytes)).toBe(true);
      if (!(error instanceof ResiduaError)) throw new Error(`${name} was read`);
      return error.problem;
    };
    const zeros = (count: number): Uint8Array => new Uint8Array(count * mebibyte);
    const large = await tarOf(file('a/0.png', zeros(1)), file('a/1.png', zeros(4)));
    expect(await problemOf('a.tar.gz', await gzipped(large))).toBe(
      'The archive a.tar.gz has a file of more than 3 MB, a/1.png.',
    );
    const several = await tarOf(...['0', '1', '2'].map((name) => file(`a/${name}.png`, zeros(2))));
    expect(await problemOf('a.tar.gz', await gzipped(several))).toBe(
      'The archive a.tar.gz expands to more than 5 MB, at a/2.png.',
    );
    const many = await tarOf(...Array.from({ length: 5 }, (_, at) => file(`a/${at}.png`, 'x')));
    expect(await problemOf('a.tar', new Blob([many]))).toBe(
      'The archive a.tar has more than 4 files, at a/4.png.',
    );
    // A list that declares 3 bytes for a file of 4 MB.
    const lying = new Uint8Array(zipSync({ 'a/0.png': zeros(4) }));
    const view = new DataView(lying.buffer);
    view.setUint32(view.getUint32(lying.length - 22 + 16, true) + 24, 3, true);
    expect(await problemOf('a.zip', new Blob([lying]))).toBe(
      'The archive a.zip has a file of more than 3 MB, a/0.png.',
    );
  });
});

describe('opening an archive', () => {
  it('ends when it is canceled, with the reason', async () => {
    const abort = new AbortController();
    const tar = await tarOf(file('a/0.png', 'x'), file('a/1.png', 'y'));
    const taken: string[] = [];
    const opening = openArchive(
      'a.tar',
      new Blob([tar]),
      ({ path }) => {
        taken.push(path);
        abort.abort(new ResiduaError('cancelled', 'Enough.', ''));
      },
      { signal: abort.signal },
    );
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(taken).toEqual(['a/0.png']);
  });
});
