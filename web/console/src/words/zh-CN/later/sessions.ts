import type { Words } from '../../words';

export const sessions: Words['sessions'] = {
  title: '会话',
  text: '用户保持登录的时长。每位用户的登录位置显示在用户页面中，也可以在那里让其退出登录。',
  lifetime: {
    title: '有效期',
    text: '会话在这段时间内未被使用就会结束。每次访问登录地址（包括静默续期）都会重新计时。',
    label: '结束时间',
    unit: '单位',
    minutes: '分钟',
    hours: '小时',
    days: '天',
    invalid: '请输入 1 分钟到 365 天之间的值',
    open: '已打开的会话在下次使用之前保持原来的结束时间。',
    offline: '具有离线访问权限的应用在此之后仍可继续运行：其刷新令牌的有效期在各个应用中单独设置。',
  },
};
