/** Shown for as long as there is no device to train on: why, and what helps. */
import { useApp } from '../../shared/store-context.ts';
import './alerts.css';

export const DeviceBanner = () => {
  const device = useApp((state) => state.run.device);
  if (device.phase !== 'failed') return null;
  return (
    <div className="banner" role="alert" data-code={device.error.code}>
      <p>
        <b>{device.error.problem}</b> {device.error.remedy} Images can be looked at all the same.
      </p>
    </div>
  );
};
