// The cast of the demo: the same members as in the seed and in the integration tests.

export const PASSWORD = 'Demo-2026-pc';

/** Everybody that a test signs in as, by `tenant/account`, with the name that pages show. */
export const cast = {
  'yunfan/admin': '何云帆',
  'yunfan/lin': '林晓梅',
  'yunfan/chen': '陈志远',
  'yunfan/zhao': '赵雨桐',
  'yunfan/wu': '吴海波',
  'yunfan/qian': '钱静',
  'yunfan/sun': '孙丽',
  'qingshan/admin': '周青山',
  'qingshan/he': '贺文博',
  'xinghe/admin': '郑星河',
  'xinghe/tang': '唐婉',
  'xinghe/ma': '马骏',
  'zhiyun/admin': '冯智',
  'platform/reviewer': '蒋审',
  'platform/operator': '沈运',
  'haitang/admin': '韩棠',
} as const;

export type Member = keyof typeof cast;
