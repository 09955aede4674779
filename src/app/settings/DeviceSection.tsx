/** The training device, its memory, and the estimate of the next run. */
import { useId } from 'react';
import type { DeviceChoice } from '#core/device.ts';
import { leadingStatus } from '#store/run/state.ts';
import { losesProgress } from '#store/storage/state.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { Hint } from '../ui/Hint.tsx';
import { Section } from '../ui/Section.tsx';
import { Select } from '../ui/Select.tsx';
import { Estimate } from './Estimate.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { settingsBlock } from './use-setting.ts';

const choices: readonly { readonly value: DeviceChoice; readonly label: string }[] = [
  { value: 'auto', label: 'automatic' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'CPU, WebAssembly' },
];

const DeviceSelect = () => {
  const store = useAppStore();
  const choice = useApp((state) => state.run.deviceChoice);
  const blocked = useApp(settingsBlock);
  const { run: actions } = useActions();
  const confirm = useConfirm();
  const id = useId();

  const choose = async (next: DeviceChoice): Promise<void> => {
    const state = store.getState();
    const agreed =
      !losesProgress(state) ||
      (await confirm({
        title: 'Change the device?',
        body: `A run cannot move to another device. Its weights (${leadingStatus(state.run, state.race).step} steps) are not exported and will be lost.`,
        action: 'Change the device',
      }));
    if (agreed) await actions.chooseDevice(next);
  };

  return (
    <Hint
      blocked={blocked}
      text="Automatic uses WebGPU if the browser offers it on a graphics card. Otherwise it uses the processor through WebAssembly, which is faster than WebGPU in software."
    >
      <div className="setting setting-wide">
        <label htmlFor={id}>Train on</label>
        <Select
          id={id}
          value={choice}
          options={choices}
          blocked={blocked !== undefined}
          onChange={(next) => void choose(next)}
        />
      </div>
    </Hint>
  );
};

const Reason = () => {
  const device = useApp((state) => state.run.device);
  if (device.phase !== 'ready') return null;
  return (
    <p className="settings-note" data-testid="device-reason">
      {device.report.reason}
    </p>
  );
};

export const DeviceSection = () => (
  <Section title="Device">
    <DeviceSelect />
    <Reason />
    <NumberSetting name="memoryBudgetMB" label="Memory budget, MB" />
    <NumberSetting name="microBatch" label="Micro-batch" />
    <Estimate />
  </Section>
);
