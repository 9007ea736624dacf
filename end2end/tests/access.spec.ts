// What is refused says so, and leads back. Who is refused what is told in a table beside the server's tests.
import { enter, expect, expectStatus, open, test } from './support/app';

test('what is refused and what is not there say so, and lead home', async ({ page, words }) => {
  expectStatus(page, 403);
  expectStatus(page, 404);
  await enter(page, 'yunfan/wu');
  for (const [address, status, told] of [
    ['/lead-dispatch', 403, words.denied],
    ['/nowhere', 404, words.notFound],
    ['/leads/00000000-0000-4000-8000-000000000000', 404, words.notFound],
  ] as const) {
    expect(await open(page, address), address).toBe(status);
    await expect(page.getByRole('heading', { level: 1, name: told })).toBeVisible();
    await page.getByRole('link', { name: words.backHome }).click();
    await expect(page.getByRole('heading', { level: 1, name: words.home })).toBeVisible();
  }
});
