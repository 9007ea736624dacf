// 消息中心: from the act that is told of to the letter, and who is told how.
import type { Page } from '@playwright/test';
import { expect, expectStatus, hasJavaScript, open, ready, signIn, test } from './support/app';
import { createLead, newLead } from './support/leads';
import { languages, zh, type Words } from './support/words';

// One after the other: a tenant has one list of receivers, whatever the language.
test.describe.configure({ mode: 'default' });

/** The tenants whose receivers these tests change: one for each project, since both run at once. */
const changed = () => (hasJavaScript() ? ('qingshan/admin' as const) : ('xinghe/admin' as const));

test('a message is marked as read, and found among the read ones', async ({ page }) => {
  await signIn(page, 'yunfan/admin');
  const { number } = await createLead(page, newLead({ follower: 'yunfan/chen' }));
  await signInAs(page, 'yunfan/chen');
  await open(page, '/messages?read=no&group=leads');
  const line = page.getByRole('listitem').filter({ hasText: number });
  await expect(line.getByRole('link')).toHaveText(`线索 ${number} 已派发给您，请及时跟进`);
  await line.getByRole('button', { name: /标为已读/ }).click();
  await expect(page).toHaveURL(/read=no/);
  await expect(page.getByRole('listitem').filter({ hasText: number })).toHaveCount(0);
  await open(page, '/messages?read=yes');
  await expect(page.getByRole('listitem').filter({ hasText: number })).toBeVisible();
});

test('a dispatched lead is an e-mail in the outbox of the demo', async ({ page }) => {
  await signIn(page, 'yunfan/admin');
  const { number } = await createLead(page, newLead({ follower: 'yunfan/zhao' }));
  await expect(async () => {
    await open(page, '/demo/outbox');
    await expect(page.getByRole('listitem').filter({ hasText: number })).toBeVisible({ timeout: 500 });
  }).toPass();
});

for (const words of languages) {
  test(`a member chooses how it is told, in ${words.tag}`, async ({ page }) => {
    await signIn(page, hasJavaScript() ? 'yunfan/sun' : 'xinghe/ma', words);
    await page.getByLabel(words.accountMenu).click();
    await page.getByRole('link', { name: words.tell.settings }).click();
    const sms = page.getByRole('checkbox', { name: words.tell.leadsBySms });
    const wanted = !(await sms.isChecked());
    await ready(page);
    await sms.setChecked(wanted);
    await page.getByRole('button', { name: words.save }).click();
    await expect(page.getByText(words.tell.saved)).toBeVisible();
    await open(page, '/messages/settings');
    expect(await page.getByRole('checkbox', { name: words.tell.leadsBySms }).isChecked()).toBe(wanted);
  });

  test(`a receiver is added, shown masked, and removed, in ${words.tag}`, async ({ page }) => {
    const kind = words.tell.returned;
    await signIn(page, changed(), words);
    await open(page, '/messages/receivers');
    await page.getByLabel(words.tell.kind).selectOption({ label: kind });
    await page.getByLabel(words.tell.name).fill('欧阳明远');
    await page.getByLabel(words.email, { exact: true }).fill('night.desk@ops.example');
    await page.getByLabel(words.tell.mobile).fill('13912345678');
    await page.getByRole('button', { name: words.tell.add }).click();
    await expect(page.getByText(words.tell.added)).toBeVisible();
    const row = page.getByRole('table', { name: words.tell.receivers }).getByRole('row').filter({ hasText: kind });
    await expect(row).toHaveCount(1);
    const all = await page.content();
    for (const clear of ['欧阳明远', 'night.desk@ops.example', '13912345678']) expect(all).not.toContain(clear);
    await row.getByRole('button', { name: words.tell.remove }).click();
    await expect(page.getByText(words.tell.removed)).toBeVisible();
    await expect(row).toHaveCount(0);
  });

  test(`receivers and the switch of codes are the administrator's, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'yunfan/wu', words);
    await page.getByLabel(words.accountMenu).click();
    await expect(page.getByRole('link', { name: words.tell.settings })).toBeVisible();
    await expect(page.getByRole('link', { name: words.code.title })).toHaveCount(0);
    await open(page, '/messages/settings');
    await expect(page.getByRole('link', { name: words.tell.receivers })).toHaveCount(0);
    for (const address of ['/messages/receivers', '/verification']) {
      expect(await open(page, address), address).toBe(403);
      await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
    }
  });
}

async function signInAs(page: Page, member: Parameters<typeof signIn>[1], words: Words = zh) {
  await page.context().clearCookies();
  await signIn(page, member, words);
}
