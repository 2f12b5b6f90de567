import type { Sketch } from './invent.js';

const marovi = ['X.eth.marovi'];
const teskan = ['X.eth.teskan'];
const sarrani = ['X.rel.sarrani'];
const dumari = ['X.desc.dumari'];
const bolvani = ['X.nat.bolvani'];
const refugees = ['X.mig.refugees'];
const women = ['X.gen.women'];

/** Invented posts in other scripts: right to left, Ethiopic, Myanmar, Devanagari, Cyrillic, Han. */
export const scripts: Sketch[] = [
  { language: 'ara', script: 'Arab', country: 'SDN', place: 'الفاشر', source: ['صوت الوادي (تجريبي)', 'radio'], speaker: 'armed_group', reach: { views: 150_000 }, minutesAgo: 3,
    text: 'يا أهل الوادي، {o|يجب} {v|القضاء} على {t|الماروفيين} قبل طلوع الشمس. هؤلاء {d2|صراصير} لا مكان {p2|لهم} بيننا.',
    findings: [{ rule: 'call-kill', groups: marovi }, { rule: 'dehumanise-animal', groups: marovi, via: 'pronoun' }], gloss: { القضاء: 'doing away with, eliminating', صراصير: 'cockroaches' } },
  { language: 'ara', script: 'Arab', country: 'SDN', source: ['ساحة النيل (تجريبي)', 'social'], reach: { followers: 12_000, shares: 400 }, minutesAgo: 11,
    text: '{x|اطردوا} {t|اللاجئين} من المدينة، كفى!', findings: [{ rule: 'call-expel', groups: refugees }], gloss: { اطردوا: 'drive out (plural command)' } },
  { language: 'ara', script: 'Arab', country: 'IRQ', place: 'الموصل', source: ['منبر المدينة (تجريبي)', 'sermon'], speaker: 'religious', reach: { views: 35_000 }, minutesAgo: 22, workspace: 'main',
    text: '{t|السرانيون} {w|يسيطرون على كل شيء} في الخفاء، من البنوك إلى الصحف.', findings: [{ rule: 'conspiracy', groups: sarrani }], gloss: { 'يسيطرون على كل شيء': 'control everything' } },
  { language: 'ara', script: 'Arab', country: 'LBN', source: ['تعليقات (تجريبي)', 'press'], speaker: 'ordinary', minutesAgo: 30,
    text: 'كل {t|البولفانيين} {b|لصوص}، لا تثقوا بهم.', findings: [{ rule: 'vilify', groups: bolvani }], gloss: { لصوص: 'thieves' } },
  { language: 'ara', script: 'Arab', country: 'YEM', source: ['ساحة النيل (تجريبي)', 'social'], speaker: 'ordinary', minutesAgo: 37, reach: { followers: 600 },
    text: 'من قال إن {t|الدوماريين} «{d|كلاب}» فقد {k|أخطأ}، هم جيراننا وإخوتنا.', findings: [{ rule: 'dehumanise-animal', groups: dumari, stance: 'condemned', cleared: true }] },
  { language: 'ara', script: 'Arab', country: 'SYR', source: ['منبر المدينة (تجريبي)', 'sermon'], minutesAgo: 60,
    text: '{t|التسكان} {m|يريدون إبادتنا}، فاستعدوا يا شباب.', findings: [{ rule: 'mirror-claim', groups: teskan }], gloss: { 'يريدون إبادتنا': 'want to exterminate us' } },
  { language: 'ara', script: 'Arab', country: 'SDN', source: ['صوت الوادي (تجريبي)', 'radio'], minutesAgo: 130, status: 'escalated',
    text: '{y|اغتصاب} {t|نسائهم} حلال، هكذا قال القائد.', findings: [{ rule: 'call-sexual', groups: women }], gloss: { اغتصاب: 'rape' } },
  { language: 'ara', script: 'Arab', country: 'LBY', source: ['تعليقات (تجريبي)', 'press'], minutesAgo: 350, status: 'not_hate',
    text: 'أكره الازدحام، و{h|أكره} انتظار {t|اللاجئين} ساعات أمام المكتب دون ماء.', findings: [{ rule: 'hatred', groups: refugees }] },
  { language: 'pes', script: 'Arab', country: 'AFG', place: 'هرات', source: ['صدای کوه (آزمایشی)', 'social'], minutesAgo: 43, draft: true,
    text: '{t|دوماری‌ها} {d|حیوان} هستند، باید {x2|بیرون} شوند {p2|همه}.', findings: [{ rule: 'dehumanise-animal', groups: dumari }, { rule: 'call-expel', groups: dumari, via: 'pronoun' }], gloss: { حیوان: 'animal', بیرون: 'out' } },
  { language: 'amh', script: 'Ethi', country: 'ETH', place: 'ጎንደር', source: ['የተራራ ድምፅ (ሙከራ)', 'tv'], speaker: 'media', reach: { views: 320_000 }, minutesAgo: 7, draft: true,
    text: '{t|ማሮቪዎች} ከአገራችን {x|ይውጡ}፤ እነሱ {d2|በረሮዎች} ናቸው {p2|ሁሉም}።', findings: [{ rule: 'call-expel', groups: marovi }, { rule: 'dehumanise-animal', groups: marovi, via: 'pronoun' }],
    gloss: { ይውጡ: 'let them get out', በረሮዎች: 'cockroaches' } },
  { language: 'amh', script: 'Ethi', country: 'ETH', source: ['አደባባይ (ሙከራ)', 'social'], minutesAgo: 28, draft: true, reach: { followers: 41_000 }, workspace: 'main',
    text: '{t|ቴስካኖች} {b|ሌቦች} ናቸው፣ አትመኗቸው።', findings: [{ rule: 'vilify', groups: teskan }], gloss: { ሌቦች: 'thieves' } },
  { language: 'tir', script: 'Ethi', country: 'ERI', source: ['አደባባይ (ሙከራ)', 'social'], minutesAgo: 72, draft: true,
    text: '{t|ዱማሪ} {m|ከጥፍኡና ይደልዩ} ኣለዉ።', findings: [{ rule: 'mirror-claim', groups: dumari }], gloss: { 'ከጥፍኡና ይደልዩ': 'want to destroy us' } },
  { language: 'mya', script: 'Mymr', country: 'MMR', place: 'စစ်တွေ', source: ['တောင်ပေါ်အသံ (စမ်းသပ်)', 'social'], speaker: 'religious', reach: { followers: 210_000, shares: 6_000 }, minutesAgo: 5, draft: true,
    text: '{t|ဆာရာနီတွေ} ကို ရွာထဲက {x|မောင်းထုတ်} {o|ရမယ်}။ သူတို့ဟာ {d2|ခွေး} {p2|တွေ} ပဲ။', findings: [{ rule: 'call-expel', groups: sarrani }, { rule: 'dehumanise-animal', groups: sarrani, via: 'pronoun' }],
    gloss: { မောင်းထုတ်: 'drive out', ခွေး: 'dog' } },
  { language: 'mya', script: 'Mymr', country: 'MMR', source: ['တောင်ပေါ်အသံ (စမ်းသပ်)', 'social'], minutesAgo: 49, draft: true, workspace: 'main',
    text: '{t|ဒူမာရီ} ဆိုင်တွေမှာ {e|မဝယ်ကြနဲ့}။', findings: [{ rule: 'call-exclude', groups: dumari }], gloss: { မဝယ်ကြနဲ့: 'do not buy' } },
  { language: 'hin', script: 'Deva', country: 'IND', place: 'गया', source: ['गाँव चौपाल (डेमो)', 'social'], reach: { followers: 8_300, shares: 90 }, minutesAgo: 13, draft: true,
    text: '{t|दुमारी} लोग {d|कीड़े} हैं, इन्हें गाँव से {x2|निकालो} {p2|सबको}।', findings: [{ rule: 'dehumanise-animal', groups: dumari }, { rule: 'call-expel', groups: dumari, via: 'pronoun' }],
    gloss: { कीड़े: 'insects, worms', निकालो: 'throw out (command)' } },
  { language: 'hin', script: 'Deva', country: 'IND', source: ['गाँव चौपाल (डेमो)', 'social'], minutesAgo: 53, draft: true, workspace: 'main',
    text: '{t|सर्रानी} {b|गद्दार} हैं, इन पर भरोसा मत करो।', findings: [{ rule: 'disloyal', groups: sarrani }], gloss: { गद्दार: 'traitors' } },
  { language: 'urd', script: 'Arab', country: 'PAK', source: ['کھلا میدان (تجرباتی)', 'social'], minutesAgo: 56, draft: true,
    text: '{t|سرانی} سب {b|غدار} ہیں، ان کا {e2|بائیکاٹ} کرو، {p2|ان} سے کچھ نہ خریدو۔', findings: [{ rule: 'disloyal', groups: sarrani }, { rule: 'call-exclude', groups: sarrani, via: 'pronoun' }], gloss: { غدار: 'traitor', بائیکاٹ: 'boycott' } },
  { language: 'rus', script: 'Cyrl', country: 'UKR', source: ['Открытая площадь (демо)', 'social'], reach: { followers: 19_000 }, minutesAgo: 26, workspace: 'main',
    text: '{t|Маровийцы} — это {d|тараканы}, их {o2|надо} {x2|выгнать} {p2|всех}.', findings: [{ rule: 'dehumanise-animal', groups: marovi }, { rule: 'call-expel', groups: marovi, via: 'pronoun' }],
    gloss: { тараканы: 'cockroaches', выгнать: 'drive out' } },
  { language: 'rus', script: 'Cyrl', country: 'KAZ', source: ['Степной форум (демо)', 'web'], minutesAgo: 62,
    text: 'Только наш народ {z|рождён править}, а не какие-то {t|тескане}.', findings: [{ rule: 'supremacy', groups: teskan }], gloss: { 'рождён править': 'born to rule' } },
  { language: 'zho', script: 'Hani', country: 'MYS', source: ['街坊论坛（演示）', 'web'], minutesAgo: 40, draft: true, reach: { views: 2_600 },
    text: '{t|博尔瓦尼人}都是{d|蛆虫}，应该{x2|赶出去}，{p2|他们}一个不留。', findings: [{ rule: 'dehumanise-animal', groups: bolvani }, { rule: 'call-expel', groups: bolvani, via: 'pronoun' }],
    gloss: { 蛆虫: 'maggots', 赶出去: 'drive out' } },
  { language: 'heb', script: 'Hebr', country: 'ISR', source: ['כיכר פתוחה (הדגמה)', 'social'], minutesAgo: 68, draft: true,
    text: '{t|הדומארים} הם {b|גנבים}, {e2|אל תעסיקו} {p2|אותם}.', findings: [{ rule: 'vilify', groups: dumari }, { rule: 'call-exclude', groups: dumari, via: 'pronoun' }], gloss: { גנבים: 'thieves', 'אל תעסיקו': 'do not hire' } },
  { language: 'ara', script: 'Arab', country: 'TUN', source: ['تعليقات (تجريبي)', 'press'], minutesAgo: 85, text: 'متى يفتح السوق يوم الخميس؟' },
];
