import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { autoencoderLayers } from './architecture.ts';

describe('autoencoderLayers', () => {
  it('has the output sizes of Table I at side 256 and width 1', () => {
    const sizes = autoencoderLayers(256, 1).encoder.map((block) => [block.outputSide, block.outputChannels]);
    expect(sizes).toEqual([
      [128, 32],
      [64, 32],
      [32, 64],
      [16, 64],
      [8, 128],
      [4, 128],
      [2, 256],
      [2, 256],
    ]);
  });

  it('mirrors the encoder in the decoder', () => {
    const { decoder } = autoencoderLayers(256, 1);
    const blocks = decoder.filter((layer) => layer.kind === 'residual-block');
    expect(blocks.map((block) => [block.outputSide, block.outputChannels])).toEqual([
      [2, 256],
      [4, 128],
      [8, 128],
      [16, 64],
      [32, 64],
      [64, 32],
      [128, 32],
    ]);
    expect(decoder.slice(-2).map((layer) => [layer.kind, layer.outputSide, layer.outputChannels])).toEqual([
      ['upsample', 256, 32],
      ['output', 256, 3],
    ]);
  });

  it.each([32, 64, 128, 256, 512])('chains shapes and names without gaps at side %i', (side) => {
    const { encoder, decoder } = autoencoderLayers(side, 0.5);
    let [currentSide, channels] = [side, 3];
    for (const layer of [...encoder, ...decoder]) {
      expect([layer.inputSide, layer.inputChannels]).toEqual([currentSide, channels]);
      [currentSide, channels] = [layer.outputSide, layer.outputChannels];
    }
    expect([currentSide, channels]).toEqual([side, 3]);
    expect(encoder.map(({ name }) => name)).toEqual(encoder.map((_, index) => `encoder.${index}`));
    expect(decoder.map(({ name }) => name)).toEqual(decoder.map((_, index) => `decoder.${index}`));
    expect(encoder).toHaveLength(Math.log2(side));
  });

  it('projects the shortcut exactly if the shape changes', () => {
    const { encoder, decoder } = autoencoderLayers(64, 1);
    for (const layer of [...encoder, ...decoder]) {
      if (layer.kind !== 'residual-block') continue;
      const same = layer.inputSide === layer.outputSide && layer.inputChannels === layer.outputChannels;
      expect(layer.projection).toBe(!same);
    }
  });

  it('adds one block of 32 channels in front at side 512', () => {
    const { encoder } = autoencoderLayers(512, 1);
    expect([encoder[0]!.outputSide, encoder[0]!.outputChannels]).toEqual([256, 32]);
    expect(encoder[1]).toMatchObject({ inputSide: 256, outputSide: 128, outputChannels: 32 });
  });

  it('scales every channel count by the width', () => {
    const channels = autoencoderLayers(64, 0.25).encoder.map((block) => block.outputChannels);
    expect(channels).toEqual([16, 16, 32, 32, 64, 64]);
  });

  it.each([0, 2, 48, 1024, Number.NaN])('rejects side %d', (side) => {
    expect(() => autoencoderLayers(side, 1)).toThrow(ResiduaError);
  });

  it.each([0, -1, 0.3, Number.NaN])('rejects width %d', (width) => {
    expect(() => autoencoderLayers(64, width)).toThrow(ResiduaError);
  });
});
