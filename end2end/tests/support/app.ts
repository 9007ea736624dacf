// The product as a test meets it: `test` watches every page that it opens and knows the words of its project's language.
import { test as base, expect, type BrowserContext, type Cookie, type Page } from '@playwright/test';
import { cast, PASSWORD, type Member } from './cast';
import { en, zh, type Words } from './words';

/** What a page said or did that no page of ours may. */
type Watch = { problems: string[]; statuses: Set<number>; javaScript: boolean };
const watches = new WeakMap<Page, Watch>();

function watch(page: Page, origin: string, javaScript: boolean): Watch {
  const seen: Watch = { problems: [], statuses: new Set(), javaScript };
  watches.set(page, seen);
  page.on('console', (message) => {
    const failed = /^Failed to load resource: the server responded with a status of (\d+)/.exec(message.text());
    const declared = failed && seen.statuses.has(Number(failed[1]));
    // Chromium fetches what a page announces for its program even where it may not run it.
    const unused = !javaScript && /was preloaded using link preload but not used/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !declared && !unused) {
      seen.problems.push(`console ${message.type()}: ${message.text()} (${page.url()})`);
    }
  });
  page.on('pageerror', (error) => seen.problems.push(`page error: ${error.message} (${page.url()})`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) seen.problems.push(`request to ${request.url()}`);
  });
  return seen;
}

type Fixtures = {
  /** What pages say in the language of this project's browsers. */
  words: Words;
  /** The page of another browser, for a second member in the same test. */
  anotherPage: (options?: { javaScriptEnabled: boolean }) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  words: async ({}, use) => use(spoken()),
  page: async ({ page, baseURL }, use) => {
    const seen = watch(page, new URL(baseURL!).origin, hasJavaScript());
    await use(page);
    expect(seen.problems).toEqual([]);
  },
  anotherPage: async ({ browser, baseURL }, use) => {
    const opened: { context: BrowserContext; seen: Watch }[] = [];
    await use(async (options = { javaScriptEnabled: hasJavaScript() }) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      opened.push({ context, seen: watch(page, new URL(baseURL!).origin, options.javaScriptEnabled) });
      return page;
    });
    for (const { context } of opened) await context.close();
    expect(opened.flatMap(({ seen }) => seen.problems)).toEqual([]);
  },
});

export { expect };

/** A refusal that the test provokes: the browser's own line about it on the console is then no surprise. */
export function expectStatus(page: Page, status: number) {
  watches.get(page)!.statuses.add(status);
}

/** Waits until the islands of the page, if it has any, listen. Without JavaScript there is nothing to wait for. */
export async function ready(page: Page) {
  await page.waitForLoadState('load');
  if (watches.get(page)!.javaScript && (await page.locator('leptos-island').count()) > 0) {
    await page.locator('body[data-hydrated]').waitFor({ state: 'attached' });
  }
}

/** Goes to an address and says with which status it answered. */
export async function open(page: Page, address: string): Promise<number> {
  const response = await page.goto(address);
  await ready(page);
  return response!.status();
}

/** Sessions that this worker has begun. Its tests follow one another, so they may share them. */
const sessions = new Map<Member, Cookie[]>();

/** Is signed in as this member from here on, in a session that tests share: nobody signs out of it. */
export async function enter(page: Page, member: Member) {
  const context = page.context();
  const begun = sessions.get(member);
  if (begun) return context.addCookies(begun);
  await enterAnew(page, member);
  const cookies = await context.cookies();
  sessions.set(member, cookies.filter(({ name }) => name === 'pc'));
}

/** The same in a session of the test's own, for whoever ends it or has it remember something. */
export async function enterAnew(page: Page, member: Member) {
  const [tenant, account] = member.split('/') as [string, string];
  await enterBy(page, tenant, account);
}

/** Begins a session by a request like that of the sign-in page, where signing in is not what the test is about. */
export async function enterBy(page: Page, tenant: string, account: string, password = PASSWORD) {
  // Signing in ends the session that a browser brings along, and that one may be shared.
  await page.context().clearCookies({ name: 'pc' });
  await post(page, '/sign-in', { tenant, account, password });
}

/** Sends a form as a page of the product would, and says where that leads. */
export async function post(page: Page, address: string, form: Record<string, string>): Promise<string> {
  const headers = { 'sec-fetch-site': 'same-origin' };
  const response = await page.context().request.post(address, { headers, form, maxRedirects: 0 });
  expect(response.status(), `POST ${address}`).toBe(303);
  return response.headers()['location']!;
}

/** Fills in the sign-in page and sends it. */
export async function sendCredentials(page: Page, tenant: string, account: string, password: string) {
  const words = spoken();
  await page.getByRole('textbox', { name: words.tenant }).fill(tenant);
  await page.getByRole('textbox', { name: words.account }).fill(account);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
}

/** Signs in by the page and arrives at the home page. */
export async function signIn(page: Page, member: Member) {
  const [tenant, account] = member.split('/') as [string, string];
  await open(page, '/sign-in');
  await sendCredentials(page, tenant, account, PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: spoken().home })).toBeVisible();
  await expect(page.getByText(cast[member]).first()).toBeVisible();
}

/** Signs out by the account menu. */
export async function signOut(page: Page) {
  const words = spoken();
  await page.getByLabel(words.accountMenu).click();
  await page.getByRole('button', { name: words.signOut, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
}

/** Whether this project runs the pages' programs. */
export function hasJavaScript(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** What pages say in the language of this project's browsers. */
export function spoken(): Words {
  return test.info().project.use.locale === 'en-GB' ? en : zh;
}
