// 发展客户: a lead becomes a pre-registration. In marketing plan 2.0 its phone goes along unseen.
import type { Page } from '@playwright/test';
import { expect, expectStatus, hasJavaScript, open, ready, signIn, test } from './support/app';
import { axe } from './support/axe';
import { createLead, field, followUp, newLead } from './support/leads';
import { languages, zh } from './support/words';

for (const words of languages) {
  test(`a lead is developed and keeps its pre-registration, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    const { develop } = words;
    const lead = newLead();
    await signIn(page, 'xinghe/ma', words);
    const { number } = await createLead(page, lead, words);
    await page.getByRole('link', { name: develop.step, exact: true }).click();
    await ready(page);
    const dialog = page.getByRole('dialog', { name: develop.step });
    await expect(dialog.getByText(develop.sealed)).toBeVisible();
    if (hasJavaScript()) await axe(page);
    expect(await page.content()).not.toContain(lead.phone.slice(-6));

    await test.step('an invitation needs an e-mail address, which this lead has not', async () => {
      await field(dialog, develop.invite).selectOption({ label: develop.yes });
      await dialog.getByRole('button', { name: develop.submit }).click();
      await expect(field(dialog, develop.email)).toHaveAccessibleDescription(new RegExp(words.required));
    });

    await field(dialog, develop.email).fill('li@mail.example');
    await field(dialog, develop.remark).fill('下周签约');
    await dialog.getByRole('button', { name: develop.submit }).click();
    await expect(page.getByRole('status').filter({ hasText: develop.done })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: words.states.converted })).toBeVisible();
    if (hasJavaScript()) await axe(page);

    await page.getByRole('link', { name: /^BB\d{8}$/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: develop.page })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: develop.held })).toBeVisible();
    await expect(page.getByText('下周签约')).toBeVisible();
    expect(await page.content()).not.toContain(lead.phone.slice(-6));
    if (hasJavaScript()) await axe(page);
    await page.getByRole('link', { name: number }).click();
    await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
  });
}

for (const words of languages) {
  const { develop } = words;

  test(`nobody but its follower develops a lead, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/wu', words);
    const { url } = await createLead(page, newLead(), words);
    await expect(page.getByRole('link', { name: develop.step, exact: true })).toBeVisible();
    const colleague = await anotherPage();
    expectStatus(colleague, 404);
    await signIn(colleague, 'yunfan/chen', words);
    expect(await open(colleague, `${url}/develop`)).toBe(404);
    await expect(colleague.getByRole('heading', { level: 1, name: words.notFound })).toBeVisible();

    // A supervisor sees the lead and develops none; whoever has no leads is told no more.
    for (const member of ['yunfan/lin', 'yunfan/qian'] as const) {
      const other = await anotherPage();
      expectStatus(other, 403);
      await signIn(other, member, words);
      if (member === 'yunfan/lin') {
        expect(await open(other, url)).toBe(200);
        await expect(other.getByRole('link', { name: develop.step, exact: true })).toHaveCount(0);
      }
      expect(await open(other, `${url}/develop`), member).toBe(403);
      await expect(other.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
    }
  });

  test(`a prospect that is held already is refused with its reason, in ${words.tag}`, async ({ page, anotherPage }) => {
    const send = async (browser: Page) => {
      await browser.getByRole('link', { name: develop.step, exact: true }).click();
      await ready(browser);
      const dialog = browser.getByRole('dialog', { name: develop.step });
      await field(dialog, develop.invite).selectOption({ label: develop.no });
      await field(dialog, develop.remark).fill('客户指定的联系人');
      await dialog.getByRole('button', { name: develop.submit }).click();
    };
    const lead = newLead();
    await signIn(page, 'yunfan/wu', words);
    await createLead(page, lead, words);
    await send(page);
    await expect(page.getByRole('status').filter({ hasText: develop.done })).toBeVisible();

    // Another partner learns that the customer is held, by its company or by its number, and nothing of by whom.
    const other = await anotherPage();
    expectStatus(other, 409);
    await signIn(other, 'xinghe/ma', words);
    for (const same of [newLead({ company: lead.company }), newLead({ phone: lead.phone })]) {
      const { url } = await createLead(other, same, words);
      await send(other);
      await expect(other.getByText(develop.taken)).toBeVisible();
      await open(other, url);
      await expect(other.getByRole('definition').filter({ hasText: words.states.converted })).toHaveCount(0);
      await expect(other.getByRole('definition').filter({ hasText: words.states.dispatched })).toBeVisible();
    }
  });
}

test('a follow-up that says so leads to the pre-registration', async ({ page }) => {
  await signIn(page, 'yunfan/wu');
  await createLead(page, newLead());
  await followUp(page, zh, { outcome: zh.outcomes.developed, content: '客户已同意' });
  await expect(page).toHaveURL(/\/develop$/);
  const dialog = page.getByRole('dialog', { name: zh.develop.step });
  await field(dialog, zh.develop.invite).selectOption({ label: zh.develop.no });
  await dialog.getByRole('button', { name: zh.develop.submit }).click();
  await expect(page.getByRole('status').filter({ hasText: zh.develop.done })).toBeVisible();
});

test('somebody else does not find the pre-registration', async ({ page, anotherPage }) => {
  await signIn(page, 'xinghe/ma');
  await createLead(page, newLead());
  await open(page, `${page.url()}/develop`);
  await field(page, zh.develop.invite).selectOption({ label: zh.develop.no });
  await page.getByRole('button', { name: zh.develop.submit }).click();
  const link = page.getByRole('link', { name: /^BB\d{8}$/ });
  const address = (await link.getAttribute('href'))!;
  const other = await anotherPage();
  expectStatus(other, 404);
  await signIn(other, 'yunfan/admin');
  expect(await open(other, address)).toBe(404);
});
