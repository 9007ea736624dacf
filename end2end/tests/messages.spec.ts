// 消息中心 and 操作验证码: from the act that is told of to the letter, and from the refused act to the code.
import type { Page } from '@playwright/test';
import { expect, expectStatus, hasJavaScript, open, ready, signIn, test } from './support/app';
import { createLead, newLead } from './support/leads';

/** The tenants whose switch these tests turn: one for each project, since both run at once. */
const codesOf = () => (hasJavaScript() ? ('qingshan/admin' as const) : ('xinghe/admin' as const));

/** The code in the newest letter of the demo's outbox. */
async function codeFrom(page: Page): Promise<string> {
  let code = '';
  await expect(async () => {
    await open(page, '/demo/outbox');
    const text = await page.getByRole('listitem').filter({ hasText: '关闭操作验证码' }).first().textContent({ timeout: 500 });
    code = /\d{6}/.exec(text!.split('验证码 ')[1]!)![0];
  }).toPass();
  return code;
}

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

test('the switch of codes asks for a code before it is turned off', async ({ page, anotherPage }) => {
  await signIn(page, codesOf());
  expectStatus(page, 422);
  await open(page, '/verification');
  await page.getByRole('button', { name: '开启', exact: true }).click();
  await expect(page.getByText('操作验证码已开启')).toBeVisible();
  await ready(page);
  await page.getByRole('button', { name: '关闭', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '输入验证码' });
  await dialog.getByRole('button', { name: /发送邮件验证码/ }).click();
  await expect(dialog.getByText(/验证码已发送至/)).toBeVisible();
  await dialog.getByLabel('验证码', { exact: true }).fill('abc');
  await dialog.getByRole('button', { name: '确定' }).click();
  await expect(dialog.getByRole('alert')).toContainText('还可输入 2 次');
  const reader = await anotherPage();
  await signIn(reader, codesOf());
  await dialog.getByLabel('验证码', { exact: true }).fill(await codeFrom(reader));
  await dialog.getByRole('button', { name: '确定' }).click();
  await expect(page.getByText('操作验证码已关闭')).toBeVisible();
});

async function signInAs(page: Page, member: Parameters<typeof signIn>[1]) {
  await page.context().clearCookies();
  await signIn(page, member);
}
