export function resolveChromium(): Promise<string>;
