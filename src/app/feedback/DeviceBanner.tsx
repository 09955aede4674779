/** Shown for as long as there is no device to train on: why, and which browsers have one. */
import { useApp } from '../hooks/store-context.ts';
import './alerts.css';

export const DeviceBanner = () => {
  const device = useApp((state) => state.run.device);
  if (device.phase !== 'failed') return null;
  return (
    <div className="banner" role="alert" data-code={device.error.code}>
      <p>
        <b>{device.error.problem}</b> {device.error.remedy}
        {device.error.code === 'no-webgpu' && (
          <>
            {' '}
            Browsers with WebGPU: Chrome and Edge 113 or later (on Linux, 144 or later, or with
            chrome://flags/#enable-unsafe-webgpu), Safari 26 or later, Firefox 141 or later on Windows and 145
            on Apple silicon. Images can be looked at without it; training needs it.
          </>
        )}
      </p>
    </div>
  );
};
