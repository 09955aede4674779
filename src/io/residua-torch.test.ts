import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compositeShares, lossNames, type RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { imageMetrics } from '#core/metrics/image-metrics.ts';
import { pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { presets } from '#core/presets.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { focalWeights, referenceFocal } from '#engine/ops/focal-frequency/focal-reference.ts';
import { referenceSsim } from '#engine/ops/ssim/ssim-reference.ts';
import { referenceWfdl } from '#engine/ops/wfdl/wfdl-reference.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { initialValue, parameterSpecs } from '#model/parameters.ts';
import { hashValues } from '#testing/hash-values.ts';
import { BatchOrder } from '#training/batch-order.ts';
import { describeTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { config, side, squareImages } from './testing/torch-run.ts';

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

describeTorch('the numbers of residua_torch.py', () => {
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
      heldOut: squareImages.split.heldOut,
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
});
