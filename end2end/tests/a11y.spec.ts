// For everybody: what axe finds, how narrow a page may get, and the keyboard alone.
import type { Page } from '@playwright/test';
import { expect, expectStatus, open, ready, signIn, speak, test } from './support/app';
import { axe } from './support/axe';
import type { Member } from './support/cast';
import { chooseMember, condition, createLead, newLead } from './support/leads';
import { languages, zh, type Words } from './support/words';

/** A page as somebody has it open, and what it takes to get there. */
type Sight = {
  name: string;
  member?: Member;
  status?: number;
  /** Done once, in Chinese; the address to look at. */
  prepare: (page: Page) => Promise<string>;
  /** Done each time after arriving. */
  arrange?: (page: Page, words: Words) => Promise<void>;
};

const at = (address: string) => () => Promise.resolve(address);
const addressOf = async (page: Page, url: string) => new URL(url).pathname;

const sights: Sight[] = [
  { name: 'the sign-in page', prepare: at('/sign-in') },
  { name: 'the home page', member: 'yunfan/admin', prepare: at('/') },
  { name: 'the lead list', member: 'yunfan/admin', prepare: at('/leads?size=10&sort=dispatched') },
  {
    name: 'the lead list with everything unfolded',
    member: 'yunfan/admin',
    prepare: at('/leads?size=10&campaign=2026'),
    arrange: (page, words) => page.getByText(words.columns, { exact: true }).click(),
  },
  { name: 'an empty lead list', member: 'yunfan/wu', prepare: at('/leads?campaign=nothing-is-called-like-this') },
  { name: 'a search that is too short', member: 'yunfan/wu', status: 422, prepare: at('/leads?company=x') },
  { name: 'the dispatch page', member: 'yunfan/lin', prepare: at('/lead-dispatch?size=10') },
  { name: 'the batch dialog', member: 'yunfan/lin', prepare: at('/lead-dispatch/chosen?all=yes&source=event') },
  { name: 'the form of a new lead', member: 'yunfan/admin', prepare: at('/leads/new') },
  {
    name: 'the form of a new lead, refused',
    member: 'xinghe/admin',
    status: 422,
    prepare: at('/leads/new'),
    arrange: async (page, words) => {
      await page.getByRole('button', { name: words.submit }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'a lead',
    member: 'yunfan/lin',
    prepare: async (page) => addressOf(page, (await createLead(page, newLead({ follower: 'yunfan/chen' }))).url),
  },
  ...['follow', 'dispatch', 'return'].map((step) => ({
    name: `the dialog of a lead: ${step}`,
    member: 'yunfan/admin' as const,
    prepare: async (page: Page) => {
      const { url } = await createLead(page, newLead({ follower: 'yunfan/admin' }));
      return `${await addressOf(page, url)}/${step}`;
    },
  })),
  {
    name: 'keeping a view',
    member: 'yunfan/zhao',
    prepare: at('/leads?source=own&size=10'),
    arrange: (page, words) => page.getByText(words.views.keep, { exact: true }).click(),
  },
  { name: 'the views of a list', member: 'yunfan/lin', prepare: at('/views/leads') },
  {
    name: 'a lead with its neighbours and files',
    member: 'xinghe/tang',
    prepare: async (page) => {
      await open(page, '/leads?state=following&sort=followed');
      return (await page.locator('[data-key=open]').first().getAttribute('href'))!;
    },
  },
  {
    name: 'the help about the keys',
    member: 'yunfan/wu',
    prepare: at('/leads?size=10'),
    arrange: async (page, words) => {
      await ready(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: words.keyboard.title })).toBeVisible();
    },
  },
  { name: 'the page about the keys', member: 'yunfan/wu', prepare: at('/keyboard') },
  { name: 'the audit trail', member: 'yunfan/admin', prepare: at('/audit?size=10') },
  { name: 'the members', member: 'yunfan/admin', prepare: at('/members?size=10') },
  { name: 'the form of a new member', member: 'yunfan/admin', prepare: at('/members/new') },
  { name: 'the contacts for customers', member: 'yunfan/admin', prepare: at('/members/contacts') },
  { name: 'the roles', member: 'yunfan/admin', prepare: at('/roles') },
  { name: 'the form of a role', member: 'yunfan/admin', prepare: at('/roles/new') },
  { name: 'the permissions of a colleague', member: 'yunfan/admin', prepare: at('/access?account=wu&lead=1') },
  { name: 'the own page', member: 'yunfan/lin', prepare: at('/profile') },
  { name: 'the form of the own data', member: 'yunfan/lin', prepare: at('/profile/edit') },
  ...['', '/edit', '/roles', '/reset-password', '/disable'].map((step) => ({
    name: `a member${step}`,
    member: 'yunfan/admin' as const,
    prepare: async (page: Page) => {
      await open(page, '/members?account=gao.feng');
      await page.getByRole('link', { name: 'gao.feng', exact: true }).click();
      return `${await addressOf(page, page.url())}${step}`;
    },
  })),
  { name: 'the messages', member: 'qingshan/he', prepare: at('/messages') },
  { name: 'the settings of messages', member: 'yunfan/admin', prepare: at('/messages/settings') },
  { name: 'the receivers of messages', member: 'yunfan/admin', prepare: at('/messages/receivers') },
  { name: 'the switch of verification codes', member: 'yunfan/admin', prepare: at('/verification') },
  { name: 'the outbox of the demo', member: 'yunfan/admin', prepare: at('/demo/outbox') },
  { name: 'the change of the password', member: 'yunfan/wu', prepare: at('/change-password') },
  { name: 'a refusal', member: 'yunfan/qian', status: 403, prepare: at('/leads') },
  { name: 'a page that is not there', member: 'yunfan/qian', status: 404, prepare: at('/nowhere') },
  {
    name: 'the open menus',
    member: 'yunfan/admin',
    prepare: at('/'),
    arrange: (page, words) => page.getByText(words.sales, { exact: true }).click(),
  },
  {
    name: 'the open account menu',
    member: 'yunfan/admin',
    prepare: at('/'),
    arrange: (page, words) => page.getByLabel(words.accountMenu).click(),
  },
];

for (const { name, member, status, prepare, arrange } of sights) {
  test(`axe finds nothing and nothing is cut off: ${name}`, { tag: '@javascript' }, async ({ page }) => {
    if (status) expectStatus(page, status);
    if (member) await signIn(page, member);
    const address = await prepare(page);
    for (const words of languages) {
      await open(page, member ? '/messages' : '/sign-in');
      await speak(page, words);
      await open(page, address);
      await arrange?.(page, words);
      await ready(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 360, 320]) {
          await test.step(`${words.tag}, ${colorScheme}, ${width} pixels wide`, async () => {
            await page.setViewportSize({ width, height: 800 });
            if (width > 320) await axe(page);
            const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            expect(beyond, 'pixels beyond the edge').toBeLessThanOrEqual(0);
          });
        }
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  });
}

/** Presses Tab until the wanted thing has the focus. */
async function tabTo(page: Page, wanted: ReturnType<Page['getByRole']>, most = 40) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(wanted).toBeFocused();
}

test('the first Tab offers to skip to the content', async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  await open(page, '/leads?size=10');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: zh.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the menus open by the keyboard alone', async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  const menu = page.getByRole('navigation', { name: zh.mainMenu });
  await tabTo(page, menu.locator('summary'));
  await page.keyboard.press('Enter');
  await tabTo(page, menu.getByRole('link', { name: zh.dispatchPage }), 2);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: zh.dispatchPage })).toBeVisible();
  await tabTo(page, page.getByLabel(zh.accountMenu));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: zh.signOut }), 12);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: zh.welcome })).toBeVisible();
});

test('a search is typed and sent without a mouse', async ({ page }) => {
  await signIn(page, 'yunfan/chen');
  await open(page, '/leads');
  await tabTo(page, condition(page, zh.contact));
  await page.keyboard.type('zhang');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/contact=zhang/);
  await expect(condition(page, zh.contact)).toHaveValue('zhang');
});

test('a dialog has the focus when it opens, and leads back when it closes', async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  const { url } = await createLead(page, newLead());
  await page.getByRole('link', { name: zh.dispatch, exact: true }).focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('combobox', { name: zh.chooseFollower });
  await expect(list).toBeFocused();
  await chooseMember(page, zh.chooseFollower, 'yunfan/chen');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(url);
  await expect(page.getByText(zh.dispatchedTo('陈志远'))).toBeVisible();
});

test('while a dialog is open, the keyboard stays in it', async ({ page }) => {
  await signIn(page, 'yunfan/lin');
  const { url } = await createLead(page, newLead());
  await open(page, `${url}/dispatch`);
  const dialog = page.getByRole('dialog', { name: zh.dispatch });
  await expect(dialog.getByRole('combobox', { name: zh.chooseFollower })).toBeFocused();
  const stops = 8;
  for (let pressed = 0; pressed < stops; pressed += 1) {
    await page.keyboard.press('Tab');
    const outside = await dialog.evaluate((element) => {
      const focused = document.activeElement;
      return focused === document.body || element.contains(focused) ? '' : focused!.outerHTML;
    });
    expect(outside, `after pressing Tab ${pressed + 1} times`).toBe('');
  }
});
