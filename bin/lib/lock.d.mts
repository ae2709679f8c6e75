export function processMark(pid: number): string | null;
export function tryLock(file: string): { release(): void } | { heldBy: number };
export function withLock<T>(file: string, work: () => Promise<T>): Promise<T>;
