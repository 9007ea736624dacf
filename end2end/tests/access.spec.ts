// Who may see what: the menu offers nothing that would be refused, and what is refused says so with its status.
import { expect, expectStatus, open, signIn, test } from './support/app';
import type { Member } from './support/cast';
import { createLead, newLead } from './support/leads';
import { en, languages, zh } from './support/words';

const outsiders: Member[] = ['yunfan/qian', 'haitang/admin', 'zhiyun/admin'];

for (const member of outsiders) {
  test(`${member} is offered no leads and refused them`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, member);
    const menu = page.getByRole('navigation', { name: zh.mainMenu });
    await expect(menu.getByRole('link', { name: zh.home, exact: true })).toBeVisible();
    await expect(menu.getByText(zh.sales)).toHaveCount(0);
    for (const address of ['/leads', '/leads/new', '/lead-dispatch']) {
      expect(await open(page, address), address).toBe(403);
      await expect(page.getByRole('heading', { level: 1, name: zh.denied })).toBeVisible();
    }
    await page.getByRole('link', { name: zh.backHome }).click();
    await expect(page.getByRole('heading', { level: 1, name: zh.home })).toBeVisible();
  });
}

for (const words of languages) {
  test(`an operator dispatches nothing and sees no trail, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'yunfan/wu', words);
    const menu = page.getByRole('navigation', { name: words.mainMenu });
    await page.getByText(words.sales, { exact: true }).first().click();
    await expect(menu.getByRole('link', { name: words.leads, exact: true })).toBeVisible();
    await expect(menu.getByRole('link', { name: words.dispatchPage })).toHaveCount(0);
    await expect(menu.getByRole('link', { name: words.audit, exact: true })).toHaveCount(0);
    for (const address of ['/lead-dispatch', '/lead-dispatch/chosen?all=yes', '/audit']) {
      expect(await open(page, address), address).toBe(403);
      await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
    }
  });

  test(`somebody else's lead does not exist for an operator, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/lin', words);
    const { url } = await createLead(page, newLead({ follower: 'yunfan/chen' }), words);
    const operators = await anotherPage();
    expectStatus(operators, 404);
    await signIn(operators, 'yunfan/wu', words);
    for (const address of [url, `${url}/follow`]) {
      expect(await open(operators, address), address).toBe(404);
      await expect(operators.getByRole('heading', { level: 1, name: words.notFound })).toBeVisible();
    }
  });
}

test("another partner's lead does not exist for an administrator", async ({ page, anotherPage }) => {
  await signIn(page, 'yunfan/lin');
  const { url } = await createLead(page, newLead());
  const others = await anotherPage();
  expectStatus(others, 404);
  await signIn(others, 'qingshan/admin');
  expect(await open(others, url)).toBe(404);
});

test('an address that never was is not found, signed in or not', async ({ page }) => {
  expectStatus(page, 404);
  await signIn(page, 'yunfan/wu', en);
  for (const address of ['/nowhere', '/leads/not-an-id', '/leads/00000000-0000-4000-8000-000000000000']) {
    expect(await open(page, address), address).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: en.notFound })).toBeVisible();
  }
});

test('a customer sees its own trail and nothing of a partner', async ({ page }) => {
  await signIn(page, 'haitang/admin');
  expect(await open(page, '/audit')).toBe(200);
  await expect(page.getByRole('table', { name: zh.audit })).toBeVisible();
  await expect(page.getByRole('table').getByRole('link', { name: /^XS/ })).toHaveCount(0);
});
