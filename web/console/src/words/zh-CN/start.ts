import type { Words } from '../words';

export const start: Words['start'] = {
  title: '快速开始',
  text: '几分钟内，从零开始让第一位用户登录。各步骤可按任意顺序进行。',
  connect: {
    title: '接入应用',
    text: '选择您使用的框架。指南中的代码复制即可运行。',
    viewAll: '查看全部',
  },
  steps: '接下来',
  look: {
    title: '打造您的登录页面',
    text: '设置徽标、颜色、深色模式以及注册和登录方式，并实时预览。',
    action: '自定义',
  },
  people: {
    title: '创建用户',
    text: '在正式用户到来之前，用测试用户试一试登录。',
    action: '创建用户',
  },
  watch: {
    title: '查看记录',
    text: '每次登录、每个令牌和每项更改都会记入审计日志。',
    action: '打开日志',
  },
  facts: {
    title: '您的端点',
    text: '各种客户端库需要的值。',
    endpoint: '端点',
    issuer: 'Issuer',
    discovery: '发现文档',
    api: 'Management API 的 audience',
  },
  frameworks: {
    title: '选择框架',
    text: '每个框架都有为新应用准备的分步指南。',
  },
};
