// A small county for looking at the pages without the server. Shapes as docs/architecture.md and docs/api have them.
const names = ['南阳村', '汇丰村', '上升村', '崇文社区', '华园村'];
export const places = [{ id: '1', name: '浏阳市', kind: 'county', kind_title: '县', level: 1, parent: null }];
const add = (id, name, kind, kind_title, level, parent) =>
  places.push({ id, name, kind, kind_title, level, parent, short_code: `K7Q${id}` });
add('2', '大瑶镇', 'township', '镇', 2, '1');
names.forEach((name, at) => add(`1${at}`, name, 'village', '村', 3, '2'));
['东片', '西片'].forEach((name, at) => add(`10${at}`, name, 'sector', '片', 4, '10'));
['枫林组', '石桥组', '上屋组', '塘边组'].forEach((name, at) =>
  add(`100${at}`, name, 'group', '组', 5, '100'),
);

export function place_view(id) {
  const place = places.find((one) => one.id === id);
  if (!place) return undefined;
  const path = [];
  for (let at = place; at; at = places.find((one) => one.id === at.parent))
    path.unshift({ id: at.id, name: at.name });
  return { ...place, path, has_children: places.some((one) => one.parent === id) };
}

export const site = {
  pack: 'dayao',
  title: '大瑶镇连心服务',
  county: '浏阳市',
  root_place: '2',
  languages: ['zh-Hans', 'zh-Hant', 'en'],
  contact: '大瑶镇便民服务中心（周一至周五 8:30–17:30）',
  workflows: [
    {
      name: 'request',
      title: '诉求',
      open_to_residents: true,
      about: '',
      subkinds: [
        ['report', '反映问题'],
        ['help', '求助'],
        ['question', '咨询'],
        ['suggestion', '建议'],
        ['complaint', '投诉'],
        ['praise', '表扬'],
      ].map(([name, title]) => ({ name, title })),
    },
  ],
};

export const categories = [
  { id: '1', code: '1', name: '道路交通', path: ['道路交通'], level: 1, leaf: false, parent: undefined },
  { id: '2', code: '2', name: '供水供电', path: ['供水供电'], level: 1, leaf: false, parent: undefined },
  { id: '3', code: '3', name: '邻里纠纷', path: ['邻里纠纷'], level: 1, leaf: false, parent: undefined },
  { id: '11', code: '1.1', name: '路灯', path: ['道路交通', '路灯'], level: 2, leaf: false, parent: '1' },
  { id: '12', code: '1.2', name: '村道', path: ['道路交通', '村道'], level: 2, leaf: false, parent: '1' },
  {
    id: '111',
    code: '1.1.1',
    name: '路灯不亮',
    path: ['道路交通', '路灯', '路灯不亮'],
    level: 3,
    leaf: true,
    parent: '11',
  },
  {
    id: '112',
    code: '1.1.2',
    name: '要求装路灯',
    path: ['道路交通', '路灯', '要求装路灯'],
    level: 3,
    leaf: true,
    parent: '11',
  },
];

const why = {
  start: '2026-09-28T15:20:00+08:00',
  period: '10wd',
  day_not_counted: '2026-09-28',
  weekend_days_skipped: 2,
  holidays_skipped: [{ festival: '国庆节', first: '2026-10-01', last: '2026-10-07', days: 5 }],
  exchange_days_counted: [{ festival: '国庆节', first: '2026-10-10', last: '2026-10-10', days: 1 }],
  pauses: [],
  calendar_version: '2026.1',
};
const due = new Date(Date.now() + 5 * 86_400_000).toISOString();
export const clocks = [
  {
    name: 'contact',
    title: '首次联系',
    due: new Date(Date.now() + 3_600_000 * 20).toISOString(),
    state: 'running',
    why: { start: why.start, period: '24h' },
  },
  { name: 'finish', title: '办结', due, state: 'running', why },
];

const text = (title, hint, minLength) => ({
  type: 'string',
  'x-widget': 'text',
  'x-title': title,
  'x-hint': hint,
  minLength,
  maxLength: 5000,
});
const photos = {
  type: 'array',
  'x-widget': 'attachments',
  'x-title': '现场照片',
  'x-hint': '办理前后各一张最好',
  minItems: 1,
};
const form = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required });
const action = (name, title, properties = {}, more = {}) => ({
  action: name,
  part: 0,
  title,
  enabled: true,
  form: form(properties),
  fields: Object.keys(properties),
  ...more,
});
const units = {
  type: 'object',
  'x-widget': 'posts',
  'x-title': '承办单位',
  'x-hint': '可选多个，指定一个牵头',
  'x-lead': true,
  'x-options': [
    '城乡建设办',
    '供电所',
    '综合执法队',
    '民政办',
    '农业农村办',
    '派出所',
    '司法所',
    '卫生院',
    '自然资源所',
  ].map((title, at) => ({
    value: String(500 + at),
    title,
    hint: '大瑶镇',
  })),
};
export const staff_actions = [
  action('solve', '办结', { what_was_done: text('办了什么', '写给反映人看', 10), evidence: photos }),
  action('raise', '上报', { tried: text('做过哪些努力', '', 10), proposal: text('建议怎么办', '', 5) }),
  action('assign', '批办', { units }),
  action('hand_over', '转交', { reason: text('理由', '', 10) }),
  action('cannot', '说明暂不能解决', {
    reason: text('原因', '会告诉反映人', 10),
    review_on: { type: 'string', format: 'date', 'x-widget': 'day', 'x-title': '再次研究的日期' },
  }),
  action('extend', '延期', {}, { enabled: false, reason: '只有上一级能批准延期' }),
];
export const resident_actions = [
  action('rate', '评价', { rating: { type: 'object', 'x-widget': 'rating', 'x-title': '问题解决了吗？' } }),
  action('reply', '补充说明', {
    text: text('补充', '', 0),
    attachments: { ...photos, minItems: 0, 'x-title': '照片' },
  }),
  action('withdraw', '撤回', {}),
];
resident_actions[1].form.required = ['text'];

export const matter = (number) => ({
  id: number,
  number,
  workflow: 'request',
  workflow_hash: '',
  reads: [{ post: '枫林组村（居）民代表', what: 'contact', at: '2026-11-20T17:02:00+08:00' }],
  received_at: '2026-11-20T15:20:00+08:00',
  kind_title: '反映问题',
  subject: '枫林组村口的路灯坏了三盏',
  text: '枫林组村口到石桥这一段，三盏路灯坏了半个多月。\n孩子晚自习回来摸黑走，前天有老人摔了一跤，希望尽快修好。',
  category: categories[5],
  place: place_view('1000'),
  address: '石桥东头',
  people: [
    { relation: 'reporter', relation_title: '反映人', name: '陈先生', phone: '138****0000' },
    { relation: 'owner', relation_title: '责任人', name: '李建国', post: '枫林组村民代表' },
  ],
  state: 'in_hand',
  state_title: '办理中',
  phase: 'open',
  clocks,
  parts: [
    { no: 0, state: 'split', state_title: '部门办理中', owner: '大瑶镇值班室', lead: false, due },
    { no: 1, state: 'doing', state_title: '办理中', owner: '城乡建设办', lead: true, due },
    { no: 2, state: 'offered', state_title: '待接收', owner: '供电所', lead: false, due },
  ],
  links: [],
  supervisions: [],
  merged_into: null,
  timeline: [
    {
      seq: 1,
      kind: 'opened',
      action: 'start',
      title: '收到反映',
      actor: '居民',
      happened_at: '2026-11-20T15:20:00+08:00',
      recorded_at: '2026-11-20T15:20:00+08:00',
      fields: [],
      attachments: [{ id: '1', type: 'image/jpeg' }],
    },
    {
      seq: 2,
      kind: 'acted',
      action: 'accept',
      title: '接手',
      actor: '李建国（村民代表）',
      happened_at: '2026-11-20T17:02:00+08:00',
      recorded_at: '2026-11-21T08:00:00+08:00',
      fields: [],
      attachments: [],
    },
    {
      seq: 3,
      kind: 'acted',
      action: 'contact',
      title: '联系反映人',
      actor: '李建国（村民代表）',
      happened_at: '2026-11-21T09:10:00+08:00',
      recorded_at: '2026-11-21T09:10:00+08:00',
      fields: [
        {
          name: 'what_was_done',
          title: '做了什么',
          value: '已到现场看过，三盏灯的线路老化，需要供电所一起处理。',
        },
      ],
      attachments: [],
    },
  ],
  version: 3,
  my_relations: ['owner'],
  may_open: [],
});

const subjects = [
  '枫林组村口的路灯坏了三盏',
  '石桥组水渠堵塞，稻田灌不上水',
  '请问低保年审要带什么材料',
  '上屋组两户宅基地边界有争议',
  '村道会车困难，希望加宽',
  '垃圾桶满了两天没人清运',
];
export const rows = Array.from({ length: 120 }, (_, at) => ({
  id: String(26_000_000_000 + at),
  number: String(26_104_523_000 + at * 7),
  part: 0,
  subject: subjects[at % subjects.length],
  kind_title: ['反映问题', '求助', '咨询', '投诉'][at % 4],
  category: ['路灯不亮', '灌溉', '低保', '宅基地', '村道', '环卫'][at % 6],
  place_name: ['枫林组', '石桥组', '上屋组', '塘边组'][at % 4],
  state: at % 3 ? 'in_hand' : 'at_leader',
  state_title: at % 3 ? '办理中' : '待批办',
  owner: ['枫林组村民代表', '东片片长', '南阳村工作站', '大瑶镇值班室'][at % 4],
  due: new Date(Date.now() + (at - 4) * 7_200_000).toISOString(),
  overdue: at < 4,
  card: at === 0 ? 'red' : at === 2 ? 'yellow' : null,
  received_at: new Date(Date.now() - at * 5_400_000).toISOString(),
}));

const metric = (name, title, numerator, denominator, low, high, left_out = 0) => ({
  name,
  title,
  numerator,
  denominator,
  value: ((numerator / denominator) * 100).toFixed(1),
  low,
  high,
  small_sample: denominator < 10,
  left_out,
  left_out_why: left_out ? `没有联系方式 ${left_out}` : '',
  apart: [],
});
const days = {
  n: 95,
  working_median: 3,
  working_p90: 9,
  working_max: 14,
  calendar_median: 4,
  calendar_p90: 12,
};
export const rates = {
  from: '2026-11-01',
  to: '2026-11-30',
  place: { id: '2', name: '大瑶镇' },
  response_days: days,
  closing_days: days,
  metrics: [
    metric('response_rate', '响应率', 96, 100, 0.901, 0.984),
    metric('resolution_rate', '解决率', 61, 70, 0.774, 0.931, 3),
    metric('satisfaction_rate', '满意率', 64, 70, 0.825, 0.96),
    metric('on_time_rate', '按时办结率', 88, 95, 0.856, 0.964),
    metric('rework_rate', '返工率', 1, 7, 0.026, 0.513),
  ],
};
export const board = {
  representatives: [
    {
      post_kind: 'representative',
      post_title: '村民代表',
      place_name: '枫林组',
      unit_name: '',
      names: ['李建国'],
    },
    {
      post_kind: 'representative',
      post_title: '村民代表',
      place_name: '石桥组',
      unit_name: '',
      names: ['周玉兰'],
    },
    { post_kind: 'head', post_title: '组长', place_name: '上屋组', unit_name: '', names: [] },
  ],
  month: '2026-11',
  counts: { received: 42, closed: 35, solved: 31, open: 7, late: 1, explained: 1 },
  published: [
    {
      id: '41',
      kind_title: '承诺事项',
      state_title: '实施中',
      phase: 0,
      place: { id: '10', name: '南阳村' },
      received_at: '2026-11-02T09:00:00+08:00',
      published_at: '2026-11-20T10:00:00+08:00',
      closed_at: null,
      lines: [
        { name: 'what', title: '内容', shown: '年内在南阳村安装路灯六十盏。' },
        { name: 'target', title: '目标', shown: '60 盏' },
        { name: 'promised_for', title: '承诺日期', shown: '2026年12月31日' },
      ],
    },
  ],
  lately: [
    {
      kind_title: '反映问题',
      state_title: '已答复',
      place_name: '枫林组',
      category: '路灯不亮',
      phase: 2,
      received_at: '2026-11-12T09:00:00+08:00',
      closed_at: '2026-11-15T16:00:00+08:00',
      published: null,
    },
    {
      kind_title: '求助',
      state_title: '办理中',
      place_name: '石桥组',
      category: null,
      phase: 1,
      received_at: '2026-11-19T10:00:00+08:00',
      closed_at: null,
      published: null,
    },
  ],
};
export const notices = [
  {
    id: '1',
    title: '关于枫林组村民代表人选的公示',
    text: '经组内推荐、代表会议审议，拟确定李某为枫林组村民代表，现予公示。',
    place: { id: '10', name: '南阳村' },
    from: '2026-11-17',
    until: '2026-11-27T00:00:00+08:00',
    last_day: '2026-11-26',
    days_left: 3,
    takes_objections: true,
    kind_title: '代表推选',
    lines: [{ name: 'person.name', title: '申请人', shown: '李某' }],
    objections: '南阳村党总支书记 · 0731-83800010',
    withdrawn: false,
  },
];
export const breaches = {
  total: 2,
  items: [
    {
      rule: 'household',
      rule_title: '代表联系户',
      kind: 'nobody',
      kind_title: '无人联系',
      place: '1001',
      place_name: '石桥组 18 号',
      path: ['大瑶镇', '南阳村', '东片', '石桥组'],
      who: '石桥组 18 号',
      found: 0,
      allowed: '1',
    },
    {
      rule: 'household',
      rule_title: '代表联系户',
      kind: 'too_many',
      kind_title: '联系户过多',
      place: '1000',
      place_name: '枫林组',
      path: ['大瑶镇', '南阳村'],
      who: '李建国',
      found: 17,
      allowed: '5..15',
    },
  ],
};
export const proposal = {
  id: '9',
  rule: 'household',
  state: 'proposed',
  kept: 23_811,
  newly_assigned: 120,
  moved: 69,
  outside_group: 4,
  smallest_load: 11,
  largest_load: 15,
  shortages: [],
};
