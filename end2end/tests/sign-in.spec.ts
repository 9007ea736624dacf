// 登录 and 退出登录.
import { enterAnew, expect, expectStatus, open, sendCredentials, signOut, test } from './support/app';
import { PASSWORD } from './support/cast';

/** One of the demo's many customers, so that a wrong password slows nobody else down. */
function someCustomer(): string {
  return `customer${200 + Math.floor(Math.random() * 100)}`;
}

test('a wrong password is answered beside the field, and the right one leads to the page that was asked for', async ({
  page,
  words,
}) => {
  expectStatus(page, 422);
  const tenant = someCustomer();
  await open(page, '/audit?size=10');
  await expect(page.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
  await sendCredentials(page, tenant, 'admin', 'not-the-password');
  const password = page.getByLabel(words.password);
  await expect(password).toHaveAccessibleDescription(words.wrongPassword);
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveValue('');
  await expect(page.getByRole('textbox', { name: words.tenant })).toHaveValue(tenant);
  await expect(page.getByRole('textbox', { name: words.account })).toHaveValue('admin');
  expect(await page.content()).not.toContain('not-the-password');
  await sendCredentials(page, tenant, 'admin', PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: words.audit })).toBeVisible();
  await expect(page).toHaveURL('/audit?size=10');
});

test('after signing out, Back shows nothing private', async ({ page, words }) => {
  await enterAnew(page, 'yunfan/chen');
  await open(page, '/leads');
  await expect(page.getByRole('table', { name: words.leadList })).toBeVisible();
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
});
