/** The training device, the reason for its choice, and its memory in use. */
import type { DeviceReport } from '#core/device.ts';
import { useApp } from '../../shared/store-context.ts';
import { formatBytes } from '../../ui/format.ts';
import { Hint } from '../../ui/Hint.tsx';

const isGpu = ({ backend, isFallback }: DeviceReport): boolean => backend === 'webgpu' && !isFallback;

export const DeviceChip = () => {
  const device = useApp((state) => state.run.device);
  const deviceBytes = useApp((state) => state.run.status.deviceBytes);
  if (device.phase === 'starting') {
    return (
      <span className="chip device-chip">
        <i className="chip-dot" /> starting the device
      </span>
    );
  }
  if (device.phase === 'failed') {
    return (
      <Hint text={`${device.error.problem} ${device.error.remedy}`} side="bottom">
        <button type="button" className="chip device-chip button-bare">
          <i className="chip-dot" data-state="failed" /> no device
        </button>
      </Hint>
    );
  }
  const { report } = device;
  const memory = deviceBytes > 0 ? `, ${formatBytes(deviceBytes)}` : '';
  return (
    <Hint
      text={`${report.name}${memory}. ${report.reason} Choose another device under Device.`}
      side="bottom"
    >
      <button type="button" className="chip device-chip button-bare number" data-testid="device">
        <i className="chip-dot" data-state={isGpu(report) ? 'ready' : 'fallback'} />
        <span className="chip-text">
          <b>{isGpu(report) ? 'GPU' : 'CPU'}</b>
          <span className="device-chip-more">
            <b>, {report.backend === 'wasm' ? 'WebAssembly' : 'WebGPU'}</b>
            <span className="device-chip-name">
              {' '}
              {report.name}
              {memory}
            </span>
          </span>
        </span>
      </button>
    </Hint>
  );
};
