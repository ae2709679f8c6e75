// A draft thread that does what it is told to: spin, eat memory, end.
import { parentPort, workerData } from 'node:worker_threads';

const count = new Int32Array(workerData.evaluations);
const spin = () => {
  while (count.length > 0);
};
const acts = {
  evaluation_time: () => {
    Atomics.add(count, 0, 1);
    spin();
  },
  job_time: spin,
  memory: () => {
    for (const held = []; ; ) held.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
  },
  ended: () => process.exit(3),
  nothing: () => parentPort.postMessage({ say: 'answer', answer: [] }),
};

parentPort.on('message', ({ document }) => acts[document]());
parentPort.postMessage({ say: 'ready' });
