import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '#core/bundle/run-report.ts';
import { textParts } from '#core/bundle/text-parts.ts';
import { type BundlePart, zipParts } from '#core/bundle/zip-parts.ts';
import { calibrate } from '#core/calibration/calibration.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import { compositeShares, lossNames, type RunConfig } from '#core/config.ts';
import { evaluationSettingNames, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { imageMetrics } from '#core/metrics/image-metrics.ts';
import { pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { goodQuantileThreshold } from '#core/metrics/threshold.ts';
import { presets } from '#core/presets.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import { meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { trainingSplit } from '#core/training-split.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { focalWeights, referenceFocal } from '#engine/ops/focal-frequency/focal-reference.ts';
import { referenceSsim } from '#engine/ops/ssim/ssim-reference.ts';
import { referenceWfdl } from '#engine/ops/wfdl/wfdl-reference.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { initialValue, parameterSpecs } from '#model/parameters.ts';
import { testDevice } from '#testing/device-report.ts';
import golden from '#testing/golden/pytorch-steps.golden.json';
import { goldenWeights } from '#testing/golden-model.ts';
import { hashValues } from '#testing/hash-values.ts';
import { renderedImages, renderedSet } from '#testing/rendered-images.ts';
import { BatchOrder } from '#training/batch-order.ts';
import { encodePng } from './bundle/encode-png.ts';
import { binaryParts } from './bundle/part-writers.ts';
import { exportRun } from './export-run.ts';
import type { SavedRun } from './run-files.ts';
import { parseSafetensorsRun } from './safetensors-run.ts';
import { askPython, pythonWithTorch, runPython } from './testing/python.ts';
import { scoreWays } from './testing/score-ways.ts';

const source = readFileSync(fileURLToPath(new URL('../../public/residua_torch.py', import.meta.url)), 'utf8');

describe('residua_torch.py', () => {
  const wordsOf = (name: string): readonly string[] =>
    new RegExp(`^${name} = """([^"]*)"""`, 'm').exec(source)?.[1]?.trim().split(/\s+/) ?? [];

  it('knows every setting and the version', () => {
    expect(wordsOf('SETTINGS')).toEqual(Object.keys(presets.paper));
    expect(wordsOf('EVALUATION_SETTINGS')).toEqual(evaluationSettingNames);
    expect(source).toContain(`SETTINGS_VERSION = ${settingsVersion}\n`);
  });
});

const side = 32;
const config: RunConfig = { ...presets.quickLook, side, holdOutPercent: 25, epochs: 4, seed: 5 };

const installed = pythonWithTorch !== undefined;
const title = installed
  ? 'its numbers'
  : 'its numbers (skipped: no Python with torch, numpy and PIL is installed)';

describe.skipIf(!installed)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const data = join(folder, 'part');
  const rendered = renderedImages();
  const images = renderedSet(rendered, side);
  const split = trainingSplit(images.samples, config);
  const tested = images.samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));
  const labels = {
    defectTypes: tested.map((index) => images.samples[index]!.defectType),
    anomalous: tested.map((index) => images.samples[index]!.anomalous),
  };
  const weights = goldenWeights(side, config.width);
  let reconstructions: readonly Float32Array[] = [];

  const write = (base: string, parts: readonly BundlePart[]): void => {
    for (const { name, bytes } of parts) {
      mkdirSync(dirname(join(base, name)), { recursive: true });
      writeFileSync(join(base, name), bytes);
    }
  };

  beforeAll(async () => {
    write(
      data,
      rendered.map(({ path, image: { pixels, width } }) => ({ name: path, bytes: encodePng(pixels, width) })),
    );
    const saved: SavedRun = {
      config,
      categoryName: 'part',
      history: { steps: [], evaluations: [], spectra: [] },
      weights,
    };
    const files = exportRun(saved);
    const model = JSON.parse(files.modelJson);
    await tf.setBackend('cpu');
    const loaded = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: model.modelTopology,
        weightSpecs: model.weightsManifest[0].weights,
        weightData: files.weights,
      }),
    );
    const all = Float32Array.from(images.pixels, (byte) => byte / 255);
    const count = rendered.length;
    const output = loaded.predict(tf.tensor4d(all, [count, side, side, 3])) as tf.Tensor;
    const values = (await output.data()) as Float32Array;
    const length = values.length / count;
    reconstructions = Array.from({ length: count }, (_, at) => values.slice(at * length, (at + 1) * length));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const pairOf = (index: number) =>
    ({ input: imageBytes(images, index), reconstruction: reconstructions[index]! }) as const;

  const learn = (change: Partial<RunConfig>) => {
    const learner = createStatisticsLearner({ ...config, ...change }, createScoreScratch(side));
    for (const index of split.trainedGood) {
      const { input, reconstruction } = pairOf(index);
      learner.add(input, reconstruction);
    }
    return learner.finish();
  };

  /** A bundle as the app writes it, with scores by the app's own code. */
  const bundleOf = async (change: Partial<RunConfig>, withImages = false): Promise<readonly BundlePart[]> => {
    const own = { ...config, ...change };
    const statistics = usesCalibration(own) ? learn(change) : undefined;
    const adaptive = own.weight.startsWith('adaptive')
      ? meanMagnitude(
          split.trained.map((index) => imageBytes(images, index)),
          side,
        )
      : undefined;
    const weight = frequencyWeight(own, side, side, adaptive);
    const scorer = createScorer(side, own, {
      weight,
      calibration: statistics && calibrate(statistics, own.calibrationPooling),
    });
    const scoreOf = (index: number): number => {
      const { input, reconstruction } = pairOf(index);
      return scorer.scoreOnly(input, reconstruction).score;
    };
    const scores = tested.map(scoreOf);
    const fitted = goodQuantileThreshold(split.heldOut.map(scoreOf), 0.95);
    const threshold = {
      threshold: fitted.defined ? fitted.value : Number.NaN,
      policy: 'good-quantile',
      quantile: 0.95,
      fittedOn: 'held-out images',
      images: split.heldOut.length,
    } as const;
    const evaluation = {
      epoch: 4,
      step: 8,
      scores: Float64Array.from(scores),
      imageAuroc: { defined: true, value: 0.5 },
      residualScale: 1,
      residualDcShare: 0,
      ...evaluationSettingsOf(own),
      elapsedMs: 1,
    } as const;
    const none = { defined: false, reason: 'There are no masks.' } as const;
    const report: RunReport = {
      snapshot: {
        device: { phase: 'ready', report: testDevice },
        status: {
          phase: 'finished',
          activity: undefined,
          step: 8,
          epoch: 4,
          epochs: 4,
          imagesPerSecond: undefined,
          remainingMs: undefined,
          deviceBytes: 0,
        },
        microBatch: 8,
        config: own,
        steps: [{ step: 8, epoch: 4, loss: 1 }],
        evaluations: [{ ...evaluation, scores }],
        categoryName: 'part',
        samples: images.samples,
        skippedFiles: [],
        notices: [],
        paper: { differences: [], assumptions: [] },
      },
      metrics: {
        image: imageMetrics(scores, labels, 0),
        pixel: {
          overall: { pixelAuroc: none, auPro: none, images: 6, imagesWithoutMask: 3, regions: 0 },
          perDefectType: [],
        },
      },
      baselines: undefined,
      comparison: undefined,
      threshold,
      contentHashes: new Map(),
    };
    const run: SavedRun = {
      config: own,
      categoryName: 'part',
      history: { steps: [{ step: 8, epoch: 4, loss: 1 }], evaluations: [evaluation], spectra: [] },
      weights,
      threshold,
    };
    const examples = tested.map((index) => {
      const { input: pixels, reconstruction } = pairOf(index);
      const file = encodePng(rendered[index]!.image.pixels, 256);
      return { path: images.samples[index]!.path, file, pixels, reconstruction };
    });
    const encoder = new TextEncoder();
    return [
      ...Array.from(textParts(report), ([name, text]) => ({ name, bytes: encoder.encode(text) })),
      ...(await binaryParts({
        run,
        remarks: {},
        statistics,
        weight,
        past: undefined,
        examples: withImages ? examples : [],
      })),
    ];
  };

  it('verify every score, every weight and every decision of the app from the original files', async () => {
    for (const [name, change] of scoreWays) write(join(folder, name), await bundleOf(change));
    const results = askPython<Record<string, boolean>>(
      'print(json.dumps({name: r.verify(f"{given[\'folder\']}/{name}", given["data"], "cpu") for name in given["names"]}))',
      { folder, data, names: scoreWays.map(([name]) => name) },
    );
    expect(results).toEqual(Object.fromEntries(scoreWays.map(([name]) => [name, true])));
  }, 120_000);

  it('verify a .zip with images without the data set, with its reconstructions', async () => {
    const zip = join(folder, 'bundle.zip');
    writeFileSync(zip, zipParts(await bundleOf({}, true)));
    const { status, output } = runPython(
      'sys.argv = ["residua_torch.py", *sys.argv[1:]]\nsys.exit(r.main())',
      '',
      ['verify', zip, '--device', 'cpu'],
    );
    expect(output).toMatch(/6 images/);
    expect(output).toMatch(/reconstructions: largest difference \d\.\d+e-0[5-9]/);
    expect(output).toContain('verified: everything agrees');
    expect(status).toBe(0);
  }, 60_000);

  it('refuse scores, weights and images that are not those of the run', async () => {
    const parts = await bundleOf({}, true);
    const broken = (name: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => {
      const zip = join(folder, `${name.replace(/\W/g, '-')}-broken.zip`);
      const changed = parts.map((part) => (part.name === name ? { name, bytes: change(part.bytes) } : part));
      writeFileSync(zip, zipParts(changed));
      return zip;
    };
    const edit = (change: (text: string) => string) => (bytes: Uint8Array<ArrayBuffer>) =>
      Uint8Array.from(Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1'));
    const zips = [
      broken(
        'scores.csv',
        edit((text) => text.replace(/,(\d+\.\d+)\r\n/, (_, score) => `,${1.01 * score}\r\n`)),
      ),
      broken(
        'model.safetensors',
        edit((text) => text.replace('encoder.0.bn1.bias', 'encoder.0.bn9.bias')),
      ),
      broken(
        'config.json',
        edit((text) => text.replace(/"settingsVersion": \d+/, '"settingsVersion": 99')),
      ),
    ];
    const answers = askPython<readonly (boolean | string)[]>(
      `answers = []
for name in given:
    try:
        answers.append(r.verify(name, None, "cpu"))
    except r.Refused as error:
        answers.append(str(error))
print(json.dumps(answers))`,
      zips,
    );
    expect(answers).toEqual([
      false,
      expect.stringContaining('The tensor encoder.0.bn1.bias is missing in model.safetensors'),
      expect.stringContaining('config.json was written by a newer version of Residua (99'),
    ]);
  }, 60_000);

  it('draw the initial weights, the held-out images and the batches of the app', () => {
    const specs = parameterSpecs(autoencoderLayers(side, config.width));
    const names = [
      'encoder.0.conv1.weight',
      'encoder.1.downsample.0.weight',
      'decoder.10.weight',
      'decoder.10.bias',
    ];
    const chosen = specs.filter(({ name }) => names.includes(name));
    const order = new BatchOrder(9, 4, config.seed);
    const expected = {
      weights: chosen.map((spec) =>
        (['pytorch', 'he-normal'] as const).map((kind) => Array.from(initialValue(spec, config.seed, kind))),
      ),
      heldOut: split.heldOut,
      batches: Array.from({ length: 7 }, () => order.next()),
    };
    const drawn = askPython<typeof expected>(
      `import itertools
models = []
for kind in ("pytorch", "he-normal"):
    model = r.Autoencoder(given["side"], given["width"])
    r.initialize(model, given["seed"], kind)
    models.append(dict(model.named_parameters()))
hwio = lambda value: (value.permute(2, 3, 1, 0) if value.dim() == 4 else value).reshape(-1).tolist()
print(json.dumps({
    "weights": [[hwio(model[name].detach()) for model in models] for name in given["names"]],
    "heldOut": r.hold_out(list(range(12)), 25, given["seed"])[1],
    "batches": list(itertools.islice(r.batches_of(9, 4, given["seed"]), 7)),
}))`,
      { side, width: config.width, seed: config.seed, names: chosen.map(({ name }) => name) },
    );
    expect(drawn.heldOut).toEqual(expected.heldOut);
    expect(drawn.batches).toEqual(expected.batches);
    // The uniform draw is exact; the normal one has another library's logarithm and cosine.
    for (const [place, [uniform, normal]] of expected.weights.entries()) {
      expect(drawn.weights[place]![0]).toEqual(uniform);
      for (const [at, value] of normal!.entries())
        expect(Math.abs(drawn.weights[place]![1]![at]! - value)).toBeLessThan(1e-6);
    }
  }, 60_000);

  it('compute each loss as the float64 references do', () => {
    const shape = [2, side, side, 3] as const;
    const size = 2 * side * side * 3;
    const x = hashValues(size, 1, 0, 1);
    const y = x.map((value, at) => 0.9 * value + 0.1 * hashValues(1, at + 2, 0, 1)[0]!);
    const weightOf = (change: Partial<RunConfig>) => frequencyWeight({ ...config, ...change }, side, side);
    const wfdl = (change: Partial<RunConfig>) => referenceWfdl(x, y, weightOf(change), shape).loss;
    const uniform = wfdl({ weight: 'uniform', dcWeight: 1 });
    const focal = referenceFocal(x, y, focalWeights(x, y, 1.5, shape), shape).loss;
    const ssim = referenceSsim(x, y, shape, { window: 7, sigma: 1.2 }).loss;
    const l2 = x.reduce((sum, value, at) => sum + (value - y[at]!) ** 2, 0) / size;
    const changed = { ssimWindow: 7, ssimSigma: 1.2, focalAlpha: 1.5 };
    const shares = { compositeL2: 2, compositeSsim: 3, compositeFrequency: 0.01, compositeWfdl: 0.02 };
    const drawn = { weight: 'curve', weightCurve: '0:1,0.3:0.2,0.6:2,1:0' } as const;
    const cases: readonly (readonly [Partial<RunConfig>, number])[] = [
      [{ loss: 'l2' }, l2],
      [{ loss: 'ssim' }, ssim],
      [{ loss: 'frequency' }, uniform],
      [{ loss: 'focal-frequency' }, focal],
      [{ loss: 'wfdl' }, wfdl({})],
      [
        { loss: 'wfdl', weight: 'radial-literal', dcWeight: 0 },
        wfdl({ weight: 'radial-literal', dcWeight: 0 }),
      ],
      [{ loss: 'wfdl', weight: 'power', weightPower: 2 }, wfdl({ weight: 'power', weightPower: 2 })],
      [{ loss: 'wfdl', ...drawn }, wfdl(drawn)],
      [
        { loss: 'composite', ...shares, compositeFocalFrequency: 4 },
        2 * l2 + 3 * ssim + 0.01 * uniform + 0.02 * wfdl({}) + 4 * focal,
      ],
    ];
    expect(new Set(cases.map(([{ loss }]) => loss))).toEqual(new Set(lossNames));
    expect(Object.keys(compositeShares)).toHaveLength(5);
    const values = askPython<readonly number[]>(
      `import torch
nchw = lambda values: torch.tensor(values, dtype=torch.float64).reshape(2, 32, 32, 3).permute(0, 3, 1, 2)
x, y = nchw(given["x"]), nchw(given["y"])
print(json.dumps([float(r.Loss(config)(x, y)[1]) for config in given["configs"]]))`,
      {
        x: Array.from(x),
        y: Array.from(y),
        configs: cases.map(([change]) => ({ ...config, ...changed, ...change })),
      },
    );
    for (const [place, [{ loss, weight }, expected]] of cases.entries()) {
      // The weights are rounded to float32.
      expect(Math.abs(values[place]! / expected - 1), `${loss} ${weight ?? ''}`).toBeLessThan(1e-6);
    }
  }, 60_000);

  it('count metrics as the app does, with ties and masks', async () => {
    const scores = hashValues(40, 3, 0, 8).map(Math.round);
    const anomalous = Array.from(scores, (score, at) => (at * 7) % 5 < 2 || score > 6);
    const types = anomalous.map((is, at) => (is ? ['cut', 'dent'][at % 2]! : 'good'));
    const ofImages = imageMetrics(scores, { defectTypes: types, anomalous }, 0).overall;
    const mapSide = 8;
    const maps = types.map((_, at) => hashValues(64, at + 9, 0, 6).map(Math.round));
    const masks = types.map((_, at) =>
      Uint8Array.from(hashValues(64, at + 99, 0, 1), (v) => (v > 0.8 ? 1 : 0)),
    );
    const { overall: ofPixels } = await pixelMetrics(
      maps.map((map, at) => ({
        path: String(at),
        defectType: types[at]!,
        anomalous: anomalous[at]!,
        map,
        mask: at === 0 ? undefined : masks[at],
      })),
      mapSide,
    );
    const found = askPython<Record<string, number & readonly number[]>>(
      `import numpy as np
bad = np.array(given["anomalous"])
maps = [np.array(m, dtype=np.float32).reshape(8, 8) for m in given["maps"]]
masks = [None if m is None else np.array(m).reshape(8, 8) > 0 for m in given["masks"]]
print(json.dumps({**r.image_metrics(np.array(given["scores"]), bad), **r.pixel_metrics(maps, masks, bad)}))`,
      {
        scores: Array.from(scores),
        anomalous,
        maps: maps.map((map) => Array.from(map)),
        masks: masks.map((mask, at) => (at === 0 ? null : Array.from(mask))),
      },
    );
    const value = (metric: { defined: boolean; value?: number }): number => metric.value ?? Number.NaN;
    expect(found['imageAuroc']).toBeCloseTo(value(ofImages.auroc), 12);
    expect(found['averagePrecision']).toBeCloseTo(value(ofImages.averagePrecision), 12);
    expect(found['f1Maximum']).toBeCloseTo(value(ofImages.f1Maximum), 12);
    expect(found['f1MaximumThreshold']).toBe(ofImages.f1Maximum.defined && ofImages.f1Maximum.threshold);
    const { aurocInterval: interval } = ofImages;
    expect(interval.defined).toBe(true);
    if (interval.defined) {
      expect(found['imageAurocInterval95']![0]).toBeCloseTo(interval.lower, 12);
      expect(found['imageAurocInterval95']![1]).toBeCloseTo(interval.upper, 12);
    }
    expect(found['pixelAuroc']).toBeCloseTo(value(ofPixels.pixelAuroc), 12);
    expect(found['auPro']).toBeCloseTo(value(ofPixels.auPro), 12);
    expect([found['imagesWithoutMask'], found['regions']]).toEqual([
      ofPixels.imagesWithoutMask,
      ofPixels.regions,
    ]);
  }, 60_000);

  it('train 20 steps with the losses that the app is held to', () => {
    const runs = askPython<readonly (readonly (readonly [number, number])[])[]>(
      `runs = []
for config in given["configs"]:
    images = r.ImageSet(r.scan_category(given["data"]), config)
    trainer = r.Trainer(config, images.trained, r.Processes())
    runs.append([trainer.step() for _ in range(20)])
print(json.dumps(runs))`,
      {
        data,
        configs: golden.cases.map(({ change }) => ({ ...presets.quickLook, ...golden.config, ...change })),
      },
    );
    for (const [place, { name, losses }] of golden.cases.entries()) {
      for (const [step, expected] of losses.entries()) {
        for (const [kind, loss] of expected.entries()) {
          // Another processor adds in another order.
          expect(Math.abs(runs[place]![step]![kind]! / loss - 1), `${name}, ${step}`).toBeLessThan(2e-5);
        }
      }
    }
  }, 60_000);

  it('write runs that the page imports, continue them, and fill a table', () => {
    const configFile = join(folder, 'config.json');
    writeFileSync(configFile, JSON.stringify({ settingsVersion, ...config }));
    const python = (...args: readonly string[]) =>
      runPython('sys.argv = ["residua_torch.py", *sys.argv[1:]]\nsys.exit(r.main())', '', args);
    const shared = ['--data', data, '--config', configFile, '--device', 'cpu'];
    const out = join(folder, 'trained');
    const first = python('train', ...shared, '--out', out, '--set', 'epochs=1');
    expect(first).toMatchObject({ status: 0 });
    const again = join(folder, 'continued');
    const model = join(out, 'model.safetensors');
    const more = python(
      'train',
      ...shared,
      '--out',
      again,
      '--resume',
      model,
      '--set',
      'epochs=2',
      'loss=ssim',
    );
    expect(more).toMatchObject({ status: 0 });
    for (const [from, epochs] of [
      [out, 1],
      [again, 2],
    ] as const) {
      const bytes = readFileSync(join(from, 'model.safetensors'));
      const run = parseSafetensorsRun(new Uint8Array(bytes).buffer, 'model.safetensors');
      expect(run.config).toMatchObject({ ...config, epochs, loss: epochs === 1 ? 'wfdl' : 'ssim' });
      expect(run.history.steps.map(({ step }) => step)).toEqual(epochs === 1 ? [1, 2] : [1, 2, 3, 4]);
      expect(run.history.evaluations.at(-1)?.scores).toHaveLength(tested.length);
      expect(run.threshold?.fittedOn).toBe('held-out images');
    }
    const table = join(folder, 'table');
    const queue = python('table', ...shared, '--out', table, '--losses', 'l2', 'wfdl', '--set', 'epochs=1');
    expect(queue).toMatchObject({ status: 0 });
    expect(readFileSync(join(table, 'table.csv'), 'utf8').split('\n')[2]).toMatch(
      /^part,wfdl,5,0\.|^part,wfdl,5,1/,
    );
    const over = python('train', ...shared, '--out', again, '--resume', model, '--set', 'epochs=1');
    expect(over.status).toBe(1);
    expect(over.output).toContain('is at step 2 of 2. Raise the epochs');
  }, 120_000);
});
