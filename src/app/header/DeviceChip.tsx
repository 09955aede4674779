/** The device that trains, and whether it is a GPU at all. */
import { formatBytes } from '../format.ts';
import { useApp } from '../hooks/store-context.ts';
import { Hint } from '../ui/Hint.tsx';

export const DeviceChip = () => {
  const device = useApp((state) => state.run.device);
  const gpuBytes = useApp((state) => state.run.status.gpuBytes);
  if (device.phase === 'starting') {
    return (
      <span className="chip device-chip">
        <i className="chip-dot" /> starting WebGPU
      </span>
    );
  }
  if (device.phase === 'failed') {
    return (
      <Hint text={`${device.error.problem} ${device.error.remedy}`} side="bottom">
        <button type="button" className="chip device-chip button-bare">
          <i className="chip-dot" data-state="failed" /> no WebGPU device
        </button>
      </Hint>
    );
  }
  const { name, isFallback, maxBufferBytes } = device.report;
  const kind = isFallback ? 'CPU fallback' : 'WebGPU';
  const text = isFallback
    ? `WebGPU runs on the CPU here (${name}): everything works, but slowly. A browser with access to a GPU trains many times faster.`
    : `Training runs on ${name}, WebGPU. Largest buffer ${formatBytes(maxBufferBytes)}.`;
  return (
    <Hint text={text} side="bottom">
      <button type="button" className="chip device-chip button-bare number" data-testid="device">
        <i className="chip-dot" data-state={isFallback ? 'fallback' : 'ready'} />
        <span className="chip-text">
          <b>{kind}</b> {name}
          {gpuBytes > 0 ? `, ${formatBytes(gpuBytes)}` : ''}
        </span>
      </button>
    </Hint>
  );
};
