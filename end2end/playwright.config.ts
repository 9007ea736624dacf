// Playwright against a server that is already running: `cargo xtask test --only browser` starts it on demo data,
// finds Chromium, and says both through BASE_URL and CHROMIUM. Nothing is started or downloaded from here.
import { defineConfig } from '@playwright/test';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test --only browser\``);
  return value;
}

const minutes = (count: number) => count * 60_000;

export default defineConfig({
  testDir: './tests',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: minutes(1),
  globalTimeout: minutes(15),
  expect: { timeout: 10_000 },
  reporter: [['list', { printSteps: false }]],
  use: {
    baseURL: required('BASE_URL'),
    browserName: 'chromium',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: required('CHROMIUM'),
      // People go back to pages that the browser has kept whole, so tests must too.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // Every fact holds in the first two, except those that say what they need: `{ tag: '@javascript' }` or
  // `{ tag: '@plain' }`. The other two combinations are walked through once.
  projects: [
    { name: 'chinese-with-javascript', use: { locale: 'zh-CN', javaScriptEnabled: true }, grepInvert: /@plain/ },
    { name: 'english-without-javascript', use: { locale: 'en-GB', javaScriptEnabled: false }, grepInvert: /@javascript/ },
    {
      name: 'chinese-without-javascript',
      use: { locale: 'zh-CN', javaScriptEnabled: false },
      testMatch: 'smoke.spec.ts',
    },
    { name: 'english-with-javascript', use: { locale: 'en-GB', javaScriptEnabled: true }, testMatch: 'smoke.spec.ts' },
  ],
});
