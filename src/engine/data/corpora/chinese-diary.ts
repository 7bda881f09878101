/** A generated Chinese diary in simple sentences: 今天天气真好, and what happened then. */
import type { RandomSequence } from '../random.ts';
import type { GeneratedCorpus } from './corpus.ts';

/** Each weather with what suits it, so that an entry makes sense from end to end. */
const weathers = [
  {
    says: ['今天天气真好', '今天天气很好', '今天阳光很好', '今天是个大晴天'],
    places: ['公园', '河边', '山上', '湖边', '操场'],
    feels: ['很开心', '很高兴', '心情很好', '特别快乐'],
  },
  {
    says: ['今天下雨了', '今天一直下雨', '今天雨很大', '今天下着小雨'],
    places: ['图书馆', '家里', '书店', '博物馆', '教室'],
    feels: ['很安静', '很放松', '有一点想家', '很舒服'],
  },
  {
    says: ['今天很冷', '今天下雪了', '今天刮大风', '今天特别冷'],
    places: ['家里', '面馆', '火锅店', '咖啡店', '图书馆'],
    feels: ['很暖和', '很温暖', '很满足', '很开心'],
  },
  {
    says: ['今天很热', '今天热极了', '今天太阳很大', '今天又闷又热'],
    places: ['游泳馆', '海边', '商场', '冷饮店', '树下'],
    feels: ['很凉快', '很舒服', '有点累', '很痛快'],
  },
] as const;

const companions = ['妈妈', '爸爸', '奶奶', '爷爷', '姐姐', '弟弟', '小明', '小红', '同学', '朋友'];

const activities: Readonly<Record<string, readonly string[]>> = {
  公园: ['散步', '放风筝', '看花', '跑步'],
  河边: ['钓鱼', '散步', '看船'],
  山上: ['爬山', '看日出', '拍照'],
  湖边: ['划船', '散步', '喂鸭子'],
  操场: ['踢足球', '跑步', '打篮球'],
  图书馆: ['看书', '写作业', '借书'],
  家里: ['看电影', '下棋', '包饺子', '听音乐'],
  书店: ['看书', '买书', '找漫画'],
  博物馆: ['看展览', '看恐龙', '看古画'],
  教室: ['写作业', '画画', '练字'],
  面馆: ['吃面', '喝热汤', '聊天'],
  火锅店: ['吃火锅', '聊天', '喝热茶'],
  咖啡店: ['喝热茶', '聊天', '看书'],
  游泳馆: ['游泳', '学跳水', '玩水'],
  海边: ['游泳', '捡贝壳', '看海'],
  商场: ['买衣服', '看电影', '逛街'],
  冷饮店: ['吃冰淇淋', '喝果汁', '聊天'],
  树下: ['乘凉', '吃西瓜', '听蝉叫'],
};

const meals = ['饺子', '面条', '米饭', '包子', '炒饭', '烤鸭', '豆腐', '鱼汤', '西红柿炒鸡蛋', '红烧肉'];
const tastes = ['真好吃', '很好吃', '特别香', '味道不错'];
const endings = ['我觉得', '我们都觉得', '回家的路上，我觉得', '晚上睡觉前，我觉得'];

function entry(random: RandomSequence): string {
  const weather = random.pick(weathers);
  const place = random.pick(weather.places);
  const activity = random.pick(activities[place]);
  const companion = random.pick(companions);
  const going = place === '家里' ? '在家里' : `去${place}`;
  const sentences = [`${random.pick(weather.says)}，我和${companion}${going}${activity}。`];
  if (random.uniform() < 0.6) sentences.push(`中午我们吃了${random.pick(meals)}，${random.pick(tastes)}。`);
  sentences.push(`${random.pick(endings)}${random.pick(weather.feels)}。`);
  return sentences.join('');
}

export const chineseDiary: GeneratedCorpus = {
  id: 'chinese-diary',
  label: { en: 'Chinese diary', zh: '中文日记' },
  explanation: {
    en: 'Simple diary entries in Chinese: the weather, who went where, what they ate, how it felt.',
    zh: '简单的中文日记：天气、和谁去了哪里、吃了什么、心情如何。',
  },
  kind: 'generated',
  language: 'zh',
  prompt: '今天天气真好，我和妈妈去公园',
  example: entry,
};
