export function ensureBuild(options?: { withConsole?: boolean }): Promise<void>;
