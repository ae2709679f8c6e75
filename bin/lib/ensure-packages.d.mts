export function checkNode(version: string): void;
export function lockfileInstalled(root?: string): boolean;
