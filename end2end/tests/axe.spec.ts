// What axe finds, and how narrow a page may get. Each page is looked at once in each language and once in each theme, and
// all pages of a capability in one browser.
import type { Page } from '@playwright/test';
import { enter, expect, expectStatus, open, ready, test } from './support/app';
import { axe } from './support/axe';
import type { Member } from './support/cast';
import { createLead, haveLead, newLead } from './support/leads';
import { en, zh, type Words } from './support/words';

/** A page as somebody has it open, and what it takes to get there. */
type Sight = {
  /** The address to look at, or what is done once, in Chinese, to learn it. */
  at: string | ((page: Page) => Promise<string>);
  /** Whoever looks, if somebody has to be signed in. */
  member?: Member;
  status?: number;
  /** Done each time after arriving. */
  arrange?: (page: Page, words: Words) => Promise<void>;
};

const LOOKS = [
  { words: zh, colorScheme: 'light', axeAt: 1280 },
  { words: en, colorScheme: 'dark', axeAt: 360 },
] as const;

/** A step of a new lead of this member's own. */
function ofNewLead(member: Member, step: string): Sight {
  return { member, at: async (page) => new URL(`${(await haveLead(page, newLead())).url}${step}`, page.url()).pathname };
}

/** A step of a lead that an administrator has entered for itself. */
function ofOwnLead(step: string): Sight {
  const at = async (page: Page) => {
    const { url } = await createLead(page, newLead({ follower: 'yunfan/admin' }));
    return `${new URL(url).pathname}${step}`;
  };
  return { member: 'yunfan/admin', at };
}

/** A step of a member whose qualification is under review. */
function ofMember(step: string): Sight {
  const at = async (page: Page) => {
    await open(page, '/members?account=gao.feng');
    const link = page.getByRole('link', { name: 'gao.feng', exact: true });
    return `${await link.getAttribute('href')}${step}`;
  };
  return { member: 'yunfan/admin', at };
}

/** Where the first link of a page that fits leads. */
const linkedFrom = (address: string, link: string) => async (page: Page) => {
  await open(page, address);
  return (await page.locator(link).first().getAttribute('href'))!;
};

const sights: Record<string, Sight[]> = {
  'the frame': [
    { at: '/sign-in' },
    { at: '/', member: 'yunfan/admin', arrange: (page, words) => page.getByText(words.sales, { exact: true }).click() },
    { at: '/', member: 'yunfan/admin', arrange: (page, words) => page.getByLabel(words.accountMenu).click() },
    { at: '/change-password', member: 'yunfan/wu' },
    { at: '/leads', member: 'yunfan/qian', status: 403 },
    { at: '/nowhere', member: 'yunfan/qian', status: 404 },
    { at: '/keyboard', member: 'yunfan/wu' },
    {
      at: '/leads?size=10',
      member: 'yunfan/wu',
      arrange: async (page, words) => {
        await ready(page);
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: words.keyboard.title })).toBeVisible();
      },
    },
  ],
  'the lists of leads': [
    { at: '/leads?size=10&sort=dispatched', member: 'yunfan/admin' },
    {
      at: '/leads?size=10&campaign=2026',
      member: 'yunfan/admin',
      arrange: (page, words) => page.getByText(words.columns, { exact: true }).click(),
    },
    { at: '/leads?campaign=nothing-is-called-like-this', member: 'yunfan/wu' },
    { at: '/leads?company=x', member: 'yunfan/wu', status: 422 },
    { at: '/lead-dispatch?size=10', member: 'yunfan/lin' },
    { at: '/lead-dispatch/chosen?all=yes&source=event', member: 'yunfan/lin' },
    {
      at: '/leads?source=own&size=10',
      member: 'yunfan/zhao',
      arrange: (page, words) => page.getByText(words.views.keep, { exact: true }).click(),
    },
    { at: '/views/leads', member: 'yunfan/lin' },
  ],
  'a lead': [
    { at: '/leads/new', member: 'yunfan/admin' },
    {
      at: '/leads/new',
      member: 'xinghe/admin',
      status: 422,
      arrange: async (page, words) => {
        await page.getByRole('button', { name: words.submit }).click();
        await expect(page.getByRole('alert')).toBeVisible();
      },
    },
    ofNewLead('yunfan/lin', ''),
    ...['/follow', '/dispatch', '/return'].map(ofOwnLead),
    { at: linkedFrom('/leads?state=following&sort=followed', '[data-key=open]'), member: 'xinghe/tang' },
    { at: '/leads/import', member: 'yunfan/admin' },
  ],
  'calls and prospects': [
    ...['/call', '/mute', '/develop'].map((step) => ofNewLead('xinghe/ma', step)),
    // The outcome of this call is still to be written down.
    { at: linkedFrom('/', 'a.todo[href^="/calls/"]'), member: 'xinghe/admin' },
    { at: '/calls/settings', member: 'xinghe/admin' },
    {
      member: 'xinghe/tang',
      at: async (page) => {
        const converted = await linkedFrom('/leads?state=converted', '[data-key=open]')(page);
        return linkedFrom(converted, 'a[href^="/prospects/"]')(page);
      },
    },
  ],
  'exports and jobs': [
    { at: '/leads/export?state=following', member: 'yunfan/admin' },
    { at: '/leads/export?campaign=nothing-is-called-like-this', member: 'yunfan/admin' },
    { at: '/exports', member: 'yunfan/admin' },
    { at: '/exports', member: 'yunfan/wu' },
    { at: '/jobs', member: 'yunfan/admin' },
    { at: '/jobs', member: 'platform/operator' },
    { at: '/audit?size=10', member: 'yunfan/admin' },
  ],
  members: [
    { at: '/members?size=10', member: 'yunfan/admin' },
    { at: '/members/new', member: 'yunfan/admin' },
    { at: '/members/contacts', member: 'yunfan/admin' },
    ...['', '/edit', '/roles', '/reset-password', '/disable'].map(ofMember),
  ],
  'roles and permissions': [
    { at: '/roles', member: 'yunfan/admin' },
    { at: '/roles/new', member: 'yunfan/admin' },
    { at: '/access?account=wu&lead=1', member: 'yunfan/admin' },
    { at: '/verification', member: 'yunfan/admin' },
  ],
  'what is one’s own': [
    { at: '/', member: 'yunfan/admin' },
    { at: '/profile', member: 'yunfan/lin' },
    { at: '/profile/edit', member: 'yunfan/lin' },
    { at: '/messages', member: 'qingshan/he' },
    { at: '/messages/settings', member: 'yunfan/admin' },
    { at: '/messages/receivers', member: 'yunfan/admin' },
    { at: '/demo/outbox', member: 'yunfan/admin' },
  ],
};

for (const [capability, seen] of Object.entries(sights)) {
  test(`axe finds nothing and nothing is cut off: ${capability}`, { tag: '@javascript' }, async ({ page, baseURL }) => {
    test.setTimeout(seen.length * 20_000);
    const speak = ({ tag }: Words) => page.context().addCookies([{ name: 'pc_locale', value: tag, url: baseURL! }]);
    for (const { at, member, status = 200, arrange } of seen) {
      if (status !== 200) expectStatus(page, status);
      if (member) await enter(page, member);
      await speak(zh);
      const address = typeof at === 'string' ? at : await at(page);
      for (const { words, colorScheme, axeAt } of LOOKS) {
        await test.step(`${address} as ${member}, ${words.tag}, ${colorScheme}`, async () => {
          await speak(words);
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width: 1280, height: 800 });
          await open(page, address);
          await expect(page.locator('html')).toHaveAttribute('lang', words.tag);
          await arrange?.(page, words);
          await ready(page);
          for (const width of [1280, 360, 320]) {
            await page.setViewportSize({ width, height: 800 });
            if (width === axeAt) await axe(page);
            const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            expect.soft(beyond, `pixels beyond the edge of ${page.url()} at ${width}`).toBeLessThanOrEqual(0);
          }
        });
      }
    }
  });
}
