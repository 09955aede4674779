/**
 * The training worker on a graphics device that is lost once, at the place that the worker's name gives. `step@3/8` is a step after
 * at least 3 steps of a run of 8 epochs. Or its script hangs there, on any device.
 */
import type { RunStatus } from '#core/training-events.ts';
import type { RpcMessage } from '../rpc.ts';
import '../training.worker.ts';

/**
 * The device is lost while pipelines are compiled, in a step, in a readback, or in an evaluation; or, in a step, it runs out of
 * memory. Or the script hangs after a step.
 */
export type LossPlace = 'compiling' | 'step' | 'readback' | 'evaluating' | 'memory' | 'hang';

const [place, fromStep, epochs] = self.name.split(/[@/]/) as [LossPlace | 'none', string, string];

let device: GPUDevice | undefined;
let status: RunStatus | undefined;
let isLost = false;

const outOfMemory = (): Event =>
  new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('no room') });

/** Loses the device if the run is at the place. */
const loseAt = (here: LossPlace): void => {
  const activity = here === 'compiling' || here === 'evaluating' ? here : 'training';
  if (isLost || place !== here || status?.activity !== activity) return;
  if (status.step < Number(fromStep) || status.epochs !== Number(epochs)) return;
  isLost = true;
  while (here === 'hang') status = { ...status, step: status.step + 1 };
  if (here === 'memory') device?.dispatchEvent(outOfMemory());
  else device?.destroy();
};

/** Calls `act` before each call of a method. */
const before = <Name extends string>(
  { prototype }: { readonly prototype: Record<Name, (...given: never[]) => unknown> },
  name: Name,
  act: () => void,
): void => {
  const original = prototype[name];
  prototype[name] = function (this: unknown, ...given: never[]) {
    act();
    return original.apply(this, given);
  };
};

const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (descriptor) {
  device = await requestDevice.call(this, descriptor);
  return device;
};
before(GPUDevice, 'createComputePipelineAsync', () => loseAt('compiling'));
before(GPUQueue, 'submit', () => {
  loseAt('step');
  loseAt('memory');
  loseAt('evaluating');
});
before(GPUBuffer, 'mapAsync', () => {
  // The readback is under way by then.
  queueMicrotask(() => loseAt('readback'));
});

const post = self.postMessage.bind(self) as (
  message: RpcMessage,
  options: StructuredSerializeOptions,
) => void;
Object.assign(self, {
  postMessage: (message: RpcMessage, options: StructuredSerializeOptions) => {
    if (message.type === 'event' && message.name === 'status') status = message.payload as RunStatus;
    post(message, options);
    if (message.type === 'event' && message.name === 'steps') loseAt('hang');
  },
});
