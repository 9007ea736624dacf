// Members that no other test knows of, and what pages about members say.
import type { Page } from '@playwright/test';
import { field } from './leads';
import { zh, type Words } from './words';

const ofChinese = {
  organisation: '组织',
  members: '组织成员',
  create: '创建人员',
  next: '下一步',
  back: '上一步',
  save: '创建',
  name: '姓名',
  mobile: '手机号码',
  newMobile: '新手机号码',
  newEmail: '新邮箱',
  initial: '初始密码',
  finance: '财务专员',
  manager: '客户经理',
  admin: '系统管理员',
  created: '人员已创建',
  alone: '管理员角色不能与其他角色同时选择',
  architect: 'SA专员',
  reviewed: '资质审核期间，对应角色已勾选且不能取消。',
  changeRoles: '修改角色',
  newRole: '创建自定义角色',
  roleName: '角色名称',
  roleCreated: '角色已创建',
  deleteRole: '删除角色',
  roleDeleted: '角色已删除',
  audit: '查看云审计',
  hidden: '看不到',
  profile: '伙伴信息',
  basics: '基本信息',
  editOwn: '修改个人资料',
  ownEdited: '个人资料已修改',
  zone: '时区',
  keep: '保存设置',
  kept: '设置已保存',
  tokyo: '东京 (Asia/Tokyo)',
  tokyoNote: '时间均为东京时间',
  sessions: '我的登录',
  everywhere: '退出所有设备',
  thisSession: '当前登录',
  end: /^结束登录/,
  ended: '该登录已结束',
};

const ofEnglish: typeof ofChinese = {
  organisation: 'Organisation',
  members: 'Members',
  create: 'Create a member',
  next: 'Next',
  back: 'Back to the person',
  save: 'Create',
  name: 'Name',
  mobile: 'Mobile',
  newMobile: 'New mobile',
  newEmail: 'New e-mail',
  initial: 'Initial password',
  finance: 'Finance',
  manager: 'Account manager',
  admin: 'Administrator',
  created: 'The member has been created',
  alone: "The administrator's role stands alone",
  architect: 'Solution architect',
  reviewed: 'While its qualification is under review, a role stays ticked and cannot be taken away.',
  changeRoles: 'Change roles',
  newRole: 'Create a custom role',
  roleName: 'Role name',
  roleCreated: 'The role has been created',
  deleteRole: 'Delete the role',
  roleDeleted: 'The role has been deleted',
  audit: 'see the audit trail',
  hidden: 'Not visible',
  profile: 'Profile',
  basics: 'Basic information',
  editOwn: 'Change personal data',
  ownEdited: 'Your data has been changed',
  zone: 'Time zone',
  keep: 'Save choices',
  kept: 'Your choices are kept',
  tokyo: 'Tokyo (Asia/Tokyo)',
  tokyoNote: 'Times are those of Tokyo',
  sessions: 'My sessions',
  everywhere: 'Sign out everywhere',
  thisSession: 'this one',
  end: /^End/,
  ended: 'That session has ended',
};

/** What pages about members say in this language. */
export function peopleWords(words: Words) {
  return words === zh ? ofChinese : ofEnglish;
}

export type NewMember = { account: string; name: string; phone: string; email: string };

/** A member who does not exist yet. */
export function newMember(): NewMember {
  const number = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
  return { account: `tester${number}`, name: '测试员', phone: `136${number}`, email: `tester${number}@example.com` };
}

/** Fills in the first step. */
export async function fillPerson(page: Page, words: Words, member: NewMember) {
  const t = peopleWords(words);
  await field(page, words.account).fill(member.account);
  await field(page, t.name).fill(member.name);
  await field(page, t.mobile).fill(member.phone);
  await field(page, words.email).fill(member.email);
}
