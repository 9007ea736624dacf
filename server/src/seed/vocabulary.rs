//! The words that demo data is made of: places, invented names, trades, needs, and what people write after a call.
//! It deliberately holds codes for everything the pages have words for; nothing here is a real company or person.

/// A word and how it is written in an e-mail address.
pub type Spelled = (&'static str, &'static str);

/// Provinces, municipalities and regions by ISO 3166-2:CN: code, Chinese name, English name.
#[rustfmt::skip]
pub const REGIONS: &[(&str, &str, &str)] = &[
    ("BJ", "北京", "Beijing"), ("TJ", "天津", "Tianjin"), ("HE", "河北", "Hebei"), ("SX", "山西", "Shanxi"),
    ("NM", "内蒙古", "Inner Mongolia"), ("LN", "辽宁", "Liaoning"), ("JL", "吉林", "Jilin"),
    ("HL", "黑龙江", "Heilongjiang"), ("SH", "上海", "Shanghai"), ("JS", "江苏", "Jiangsu"),
    ("ZJ", "浙江", "Zhejiang"), ("AH", "安徽", "Anhui"), ("FJ", "福建", "Fujian"), ("JX", "江西", "Jiangxi"),
    ("SD", "山东", "Shandong"), ("HA", "河南", "Henan"), ("HB", "湖北", "Hubei"), ("HN", "湖南", "Hunan"),
    ("GD", "广东", "Guangdong"), ("GX", "广西", "Guangxi"), ("HI", "海南", "Hainan"), ("CQ", "重庆", "Chongqing"),
    ("SC", "四川", "Sichuan"), ("GZ", "贵州", "Guizhou"), ("YN", "云南", "Yunnan"), ("XZ", "西藏", "Tibet"),
    ("SN", "陕西", "Shaanxi"), ("GS", "甘肃", "Gansu"), ("QH", "青海", "Qinghai"), ("NX", "宁夏", "Ningxia"),
    ("XJ", "新疆", "Xinjiang"), ("TW", "台湾", "Taiwan"), ("HK", "香港", "Hong Kong"), ("MO", "澳门", "Macao"),
];

/// The Chinese name of a province by its code.
pub fn region_name(code: &str) -> Option<&'static str> {
    REGIONS.iter().find(|(known, _, _)| *known == code).map(|(_, name, _)| *name)
}

/// A city as it stands in company names, and how its landlines are numbered.
#[derive(Debug, PartialEq, Eq)]
pub struct City {
    pub name: &'static str,
    /// The province, by its code in [`REGIONS`].
    pub region: &'static str,
    pub area_code: &'static str,
    /// How many digits follow the area code: seven or eight.
    pub digits: u8,
}

const fn city(name: &'static str, region: &'static str, area_code: &'static str, digits: u8) -> City {
    City { name, region, area_code, digits }
}

/// Cities, each with how often companies come from it.
#[rustfmt::skip]
pub const CITIES: &[(City, u32)] = &[
    (city("北京", "BJ", "010", 8), 80), (city("上海", "SH", "021", 8), 85), (city("广州", "GD", "020", 8), 55),
    (city("深圳", "GD", "0755", 8), 80), (city("东莞", "GD", "0769", 8), 20), (city("佛山", "GD", "0757", 8), 16),
    (city("珠海", "GD", "0756", 7), 8), (city("惠州", "GD", "0752", 7), 8), (city("中山", "GD", "0760", 8), 8),
    (city("杭州", "ZJ", "0571", 8), 60), (city("宁波", "ZJ", "0574", 8), 22), (city("温州", "ZJ", "0577", 8), 16),
    (city("嘉兴", "ZJ", "0573", 8), 12), (city("金华", "ZJ", "0579", 8), 12), (city("绍兴", "ZJ", "0575", 8), 10),
    (city("台州", "ZJ", "0576", 8), 10), (city("南京", "JS", "025", 8), 34), (city("苏州", "JS", "0512", 8), 42),
    (city("无锡", "JS", "0510", 8), 20), (city("常州", "JS", "0519", 8), 14), (city("南通", "JS", "0513", 8), 14),
    (city("徐州", "JS", "0516", 8), 9), (city("扬州", "JS", "0514", 8), 8), (city("成都", "SC", "028", 8), 44),
    (city("绵阳", "SC", "0816", 7), 6), (city("重庆", "CQ", "023", 8), 34), (city("武汉", "HB", "027", 8), 36),
    (city("宜昌", "HB", "0717", 7), 6), (city("长沙", "HN", "0731", 8), 24), (city("郑州", "HA", "0371", 8), 24),
    (city("洛阳", "HA", "0379", 8), 7), (city("西安", "SN", "029", 8), 26), (city("济南", "SD", "0531", 8), 20),
    (city("青岛", "SD", "0532", 8), 24), (city("烟台", "SD", "0535", 7), 9), (city("潍坊", "SD", "0536", 8), 9),
    (city("合肥", "AH", "0551", 8), 22), (city("芜湖", "AH", "0553", 7), 7), (city("福州", "FJ", "0591", 8), 16),
    (city("厦门", "FJ", "0592", 7), 18), (city("泉州", "FJ", "0595", 8), 12), (city("南昌", "JX", "0791", 8), 12),
    (city("天津", "TJ", "022", 8), 26), (city("石家庄", "HE", "0311", 8), 12), (city("唐山", "HE", "0315", 7), 6),
    (city("太原", "SX", "0351", 7), 9), (city("呼和浩特", "NM", "0471", 7), 5), (city("沈阳", "LN", "024", 8), 12),
    (city("大连", "LN", "0411", 8), 14), (city("长春", "JL", "0431", 8), 8), (city("哈尔滨", "HL", "0451", 8), 9),
    (city("南宁", "GX", "0771", 7), 10), (city("海口", "HI", "0898", 8), 8), (city("贵阳", "GZ", "0851", 8), 10),
    (city("昆明", "YN", "0871", 8), 12), (city("拉萨", "XZ", "0891", 7), 2), (city("兰州", "GS", "0931", 7), 6),
    (city("西宁", "QH", "0971", 7), 3), (city("银川", "NX", "0951", 7), 4), (city("乌鲁木齐", "XJ", "0991", 7), 6),
];

/// Invented trade names of two characters.
#[rustfmt::skip]
pub const TRADE_NAMES: &[Spelled] = &[
    ("云岫", "yunxiu"), ("云屿", "yunyu"), ("云汀", "yunting"), ("云棹", "yunzhao"), ("云笺", "yunjian"),
    ("云澜", "yunlan"), ("青禾", "qinghe"), ("青砚", "qingyan"), ("青榆", "qingyu"), ("青岚", "qinglan"),
    ("青檀", "qingtan"), ("青穗", "qingsui"), ("星汀", "xingting"), ("星棹", "xingzhao"), ("星砚", "xingyan"),
    ("星槎", "xingcha"), ("海岚", "hailan"), ("海粟", "haisu"), ("海汐", "haixi"), ("山禾", "shanhe"),
    ("山澄", "shancheng"), ("晨屿", "chenyu"), ("晨曜", "chenyao"), ("晨砚", "chenyan"), ("晨穗", "chensui"),
    ("明澈", "mingche"), ("明溪", "mingxi"), ("明榆", "mingyu"), ("远岫", "yuanxiu"), ("远汀", "yuanting"),
    ("远岑", "yuancen"), ("知禾", "zhihe"), ("知岚", "zhilan"), ("知砚", "zhiyan"), ("北岚", "beilan"),
    ("北榆", "beiyu"), ("北溟", "beiming"), ("南枝", "nanzhi"), ("南溪", "nanxi"), ("南屿", "nanyu"),
    ("东篱", "dongli"), ("东屿", "dongyu"), ("西岭", "xiling"), ("春汀", "chunting"), ("春榆", "chunyu"),
    ("秋砚", "qiuyan"), ("秋实", "qiushi"), ("松涧", "songjian"), ("松砚", "songyan"), ("松岚", "songlan"),
    ("竹里", "zhuli"), ("竹溪", "zhuxi"), ("兰汀", "lanting"), ("兰舟", "lanzhou"), ("梧岚", "wulan"),
    ("榕屿", "rongyu"), ("柏舟", "baizhou"), ("枫汀", "fengting"), ("枫岚", "fenglan"), ("溪禾", "xihe"),
    ("泽禾", "zehe"), ("泽岚", "zelan"), ("润禾", "runhe"), ("沐禾", "muhe"), ("沐晨", "muchen"),
    ("禾木", "hemu"), ("穗香", "suixiang"), ("瑞禾", "ruihe"), ("恒榆", "hengyu"), ("景岚", "jinglan"),
    ("景禾", "jinghe"), ("和榆", "heyu"), ("安屿", "anyu"), ("卓岚", "zhuolan"), ("丹枫", "danfeng"),
    ("白榆", "baiyu"), ("碧岚", "bilan"), ("碧梧", "biwu"), ("苍榆", "cangyu"), ("苍岭", "cangling"),
    ("澄川", "chengchuan"), ("澄湖", "chenghu"), ("初阳", "chuyang"), ("初禾", "chuhe"), ("川禾", "chuanhe"),
    ("川屿", "chuanyu"), ("叠翠", "diecui"), ("芒种", "mangzhong"), ("寒露", "hanlu"), ("霜桥", "shuangqiao"),
    ("海棹", "haizhao"), ("鹤汀", "heting"), ("鹤鸣", "heming"), ("鹭洲", "luzhou"), ("鹿溪", "luxi"),
    ("鲸屿", "jingyu"), ("雁南", "yannan"), ("雁回", "yanhui"), ("隼飞", "sunfei"), ("燕归", "yangui"),
    ("锦帆", "jinfan"), ("锦屿", "jinyu"), ("锦溪", "jinxi"), ("静澜", "jinglan"), ("镜湖", "jinghu"),
    ("玉砚", "yuyan"), ("琅轩", "langxuan"), ("璞石", "pushi"), ("璟辰", "jingchen"), ("曜辰", "yaochen"),
    ("朗月", "langyue"), ("朗岳", "langyue"), ("岚岳", "lanyue"), ("岭峰", "lingfeng"), ("峻岭", "junling"),
    ("峻峰", "junfeng"), ("岱岳", "daiyue"), ("天枢", "tianshu"), ("玉衡", "yuheng"), ("瑶光", "yaoguang"),
    ("九野", "jiuye"), ("八荒", "bahuang"), ("三川", "sanchuan"), ("七里", "qili"), ("十方", "shifang"),
    ("百汇", "baihui"), ("千岩", "qianyan"), ("万壑", "wanhe"), ("亿诺", "yinuo"), ("鼎诚", "dingcheng"),
    ("鼎恒", "dingheng"), ("恒诺", "hengnuo"), ("宏晟", "hongsheng"), ("嘉诺", "jianuo"), ("卓恒", "zhuoheng"),
    ("锐衡", "ruiheng"), ("骏驰", "junchi"), ("骏腾", "junteng"), ("捷诚", "jiecheng"), ("汇诚", "huicheng"),
    ("汇鑫", "huixin"), ("鑫磊", "xinlei"), ("鑫诺", "xinnuo"), ("金桐", "jintong"), ("银桦", "yinhua"),
    ("宝衡", "baoheng"), ("盛誉", "shengyu"), ("盛禾", "shenghe"), ("隆禾", "longhe"), ("巨榆", "juyu"),
    ("优禾", "youhe"), ("佳禾", "jiahe"), ("利泽", "lize"), ("乐禾", "lehe"), ("康禾", "kanghe"),
    ("健禾", "jianhe"), ("仁禾", "renhe"), ("德禾", "dehe"), ("广禾", "guanghe"), ("鼎砺", "dingli"),
    ("恒砺", "hengli"), ("智砺", "zhili"), ("联岳", "lianyue"), ("拓岳", "tuoyue"), ("信岳", "xinyue"),
    ("腾岳", "tengyue"), ("凌岳", "lingyue"), ("瑞沛", "ruipei"), ("嘉沛", "jiapei"), ("鑫沛", "xinpei"),
    ("宏骏", "hongjun"), ("宏祺", "hongqi"), ("启祺", "qiqi"), ("嘉祺", "jiaqi"), ("嘉铭", "jiaming"),
    ("瑞铭", "ruiming"), ("恒铭", "hengming"), ("卓铭", "zhuoming"), ("博铭", "boming"), ("锦铭", "jinming"),
    ("泰铭", "taiming"), ("德铭", "deming"), ("盛铭", "shengming"), ("佳铭", "jiaming"), ("伟铭", "weiming"),
    ("凯铭", "kaiming"), ("凯帆", "kaifan"), ("凯骏", "kaijun"), ("骏铭", "junming"), ("骏祺", "junqi"),
    ("骏达", "junda"), ("腾骏", "tengjun"), ("捷骏", "jiejun"), ("捷铭", "jieming"), ("汇骏", "huijun"),
    ("汇铭", "huiming"), ("鑫铭", "xinming"), ("鑫骏", "xinjun"), ("诚铭", "chengming"), ("诚骏", "chengjun"),
    ("信铭", "xinming"), ("拓骏", "tuojun"), ("创骏", "chuangjun"), ("众骏", "zhongjun"), ("联骏", "lianjun"),
    ("智骏", "zhijun"), ("慧骏", "huijun"), ("思铭", "siming"), ("思骏", "sijun"), ("维骏", "weijun"),
    ("聚骏", "jujun"), ("融骏", "rongjun"), ("优骏", "youjun"), ("佳骏", "jiajun"), ("康骏", "kangjun"),
    ("健铭", "jianming"), ("仁铭", "renming"), ("德骏", "dejun"), ("广骏", "guangjun"), ("越骏", "yuejun"),
];

/// A third character that most trade names carry, as in 青禾达.
#[rustfmt::skip]
pub const TRADE_ENDINGS: &[Spelled] = &[
    ("达", "da"), ("通", "tong"), ("源", "yuan"), ("信", "xin"), ("汇", "hui"), ("创", "chuang"),
    ("联", "lian"), ("安", "an"), ("盛", "sheng"), ("和", "he"), ("泰", "tai"), ("捷", "jie"),
    ("智", "zhi"), ("润", "run"), ("康", "kang"), ("博", "bo"), ("拓", "tuo"), ("讯", "xun"), ("诺", "nuo"),
    ("恒", "heng"), ("腾", "teng"), ("越", "yue"), ("凯", "kai"), ("瑞", "rui"), ("丰", "feng"),
    ("宏", "hong"), ("佳", "jia"), ("优", "you"), ("维", "wei"), ("方", "fang"),
];

/// What a company does, as its name says it, with the code of its industry and how often it occurs.
#[rustfmt::skip]
pub const TRADES: &[((&str, &str), u32)] = &[
    (("科技", "internet"), 14), (("网络科技", "internet"), 12), (("信息技术", "internet"), 12),
    (("软件", "internet"), 7), (("数据服务", "internet"), 5), (("数字科技", "internet"), 6),
    (("精密制造", "manufacturing"), 6), (("智能装备", "manufacturing"), 7), (("机械设备", "manufacturing"), 6),
    (("电子", "manufacturing"), 6), (("新材料", "manufacturing"), 5), (("纺织", "manufacturing"), 3),
    (("汽车零部件", "manufacturing"), 4), (("商贸", "retail"), 8), (("电子商务", "retail"), 8),
    (("连锁商业", "retail"), 3), (("服饰", "retail"), 4), (("家居用品", "retail"), 3),
    (("物流", "logistics"), 6), (("供应链管理", "logistics"), 6), (("国际货运代理", "logistics"), 3),
    (("冷链物流", "logistics"), 2), (("融资租赁", "finance"), 3), (("商业保理", "finance"), 2),
    (("保险经纪", "finance"), 2), (("金融信息服务", "finance"), 3), (("医疗器械", "healthcare"), 6),
    (("生物医药", "healthcare"), 5), (("口腔医疗", "healthcare"), 2), (("健康管理", "healthcare"), 4),
    (("教育咨询", "education"), 5), (("教育科技", "education"), 5), (("职业培训", "education"), 3),
    (("智慧政务", "government"), 2), (("城市运营", "government"), 3), (("政务信息服务", "government"), 2),
    (("新能源", "energy"), 7), (("光伏发电", "energy"), 3), (("电力工程", "energy"), 4),
    (("餐饮管理", "catering"), 7), (("团餐服务", "catering"), 2), (("互动娱乐", "gaming"), 4),
    (("游戏", "gaming"), 3), (("文化传媒", "media"), 6), (("广告", "media"), 3), (("影视制作", "media"), 2),
    (("建筑工程", "other"), 5), (("农业科技", "other"), 3), (("物业服务", "other"), 3),
    (("环保科技", "other"), 4), (("酒店管理", "other"), 3), (("人力资源", "other"), 3), (("检测认证", "other"), 2),
];

/// How company names end; `{city}` stands for the place of a branch.
pub const LEGAL_FORMS: &[(&str, u32)] = &[
    ("有限公司", 76),
    ("有限责任公司", 6),
    ("发展有限公司", 3),
    ("股份有限公司", 4),
    ("集团有限公司", 4),
    ("有限公司{city}分公司", 3),
    ("控股有限公司", 1),
    ("集团股份有限公司", 1),
];

/// Sixty-four syllables of two letters, from which invented e-mail hosts are spelled.
#[rustfmt::skip]
pub const SYLLABLES: &[&str; 64] = &[
    "ba", "bo", "bi", "bu", "pa", "po", "pi", "pu", "ma", "mo", "mi", "mu", "fa", "fo", "fu", "da",
    "de", "di", "du", "ta", "te", "ti", "tu", "na", "ni", "nu", "la", "le", "li", "lu", "ga", "ge",
    "gu", "ka", "ke", "ku", "ha", "he", "hu", "ji", "ju", "qi", "qu", "xi", "xu", "za", "ze", "zi",
    "zu", "ca", "ci", "cu", "sa", "se", "si", "su", "re", "ru", "ya", "ye", "yi", "yu", "wa", "wu",
];

/// Family names with their bearers in ten thousand people.
#[rustfmt::skip]
pub const SURNAMES: &[(Spelled, u32)] = &[
    (("王", "wang"), 725), (("李", "li"), 719), (("张", "zhang"), 683), (("刘", "liu"), 538),
    (("陈", "chen"), 457), (("杨", "yang"), 308), (("黄", "huang"), 223), (("周", "zhou"), 212),
    (("吴", "wu"), 205), (("赵", "zhao"), 200), (("徐", "xu"), 167), (("孙", "sun"), 154),
    (("胡", "hu"), 131), (("朱", "zhu"), 126), (("马", "ma"), 121), (("林", "lin"), 118),
    (("郭", "guo"), 115), (("何", "he"), 117), (("高", "gao"), 110), (("罗", "luo"), 97),
    (("梁", "liang"), 97), (("郑", "zheng"), 93), (("谢", "xie"), 76), (("宋", "song"), 70),
    (("唐", "tang"), 69), (("许", "xu"), 65), (("韩", "han"), 64), (("邓", "deng"), 62),
    (("冯", "feng"), 62), (("曹", "cao"), 58), (("彭", "peng"), 58), (("曾", "zeng"), 58),
    (("肖", "xiao"), 55), (("田", "tian"), 51), (("董", "dong"), 51), (("袁", "yuan"), 50),
    (("潘", "pan"), 50), (("于", "yu"), 49), (("蒋", "jiang"), 49), (("蔡", "cai"), 48),
    (("余", "yu"), 48), (("杜", "du"), 46), (("叶", "ye"), 46), (("程", "cheng"), 46), (("苏", "su"), 45),
    (("魏", "wei"), 45), (("吕", "lv"), 45), (("丁", "ding"), 42), (("任", "ren"), 42),
    (("沈", "shen"), 41), (("姚", "yao"), 40), (("卢", "lu"), 40), (("姜", "jiang"), 38),
    (("崔", "cui"), 38), (("钟", "zhong"), 38), (("谭", "tan"), 37), (("陆", "lu"), 35),
    (("汪", "wang"), 34), (("范", "fan"), 34), (("金", "jin"), 33), (("石", "shi"), 33),
    (("廖", "liao"), 33), (("贾", "jia"), 32), (("夏", "xia"), 32), (("韦", "wei"), 31),
    (("付", "fu"), 31), (("方", "fang"), 30), (("白", "bai"), 30), (("邹", "zou"), 30),
    (("孟", "meng"), 29), (("熊", "xiong"), 28), (("秦", "qin"), 28), (("邱", "qiu"), 27),
    (("江", "jiang"), 27), (("尹", "yin"), 26), (("薛", "xue"), 25), (("闫", "yan"), 25),
    (("段", "duan"), 24), (("雷", "lei"), 24), (("侯", "hou"), 24), (("龙", "long"), 23),
    (("史", "shi"), 23), (("陶", "tao"), 22), (("黎", "li"), 22), (("贺", "he"), 22), (("顾", "gu"), 21),
    (("毛", "mao"), 21), (("郝", "hao"), 21), (("龚", "gong"), 21), (("邵", "shao"), 20),
    (("万", "wan"), 20), (("钱", "qian"), 20), (("严", "yan"), 20), (("覃", "qin"), 19),
    (("武", "wu"), 19), (("戴", "dai"), 18), (("莫", "mo"), 18), (("孔", "kong"), 17),
    (("向", "xiang"), 17), (("汤", "tang"), 17), (("常", "chang"), 16), (("温", "wen"), 16),
    (("康", "kang"), 16), (("施", "shi"), 16), (("文", "wen"), 15), (("牛", "niu"), 15),
    (("樊", "fan"), 15), (("葛", "ge"), 14), (("邢", "xing"), 14), (("安", "an"), 13),
    (("欧阳", "ouyang"), 10), (("上官", "shangguan"), 2), (("司马", "sima"), 2), (("诸葛", "zhuge"), 1),
    (("皇甫", "huangfu"), 1), (("尉迟", "yuchi"), 1), (("司徒", "situ"), 1), (("夏侯", "xiahou"), 1),
    (("慕容", "murong"), 1), (("端木", "duanmu"), 1),
];

/// First characters of men's given names.
#[rustfmt::skip]
pub const GIVEN_HIS_FIRST: &[Spelled] = &[
    ("志", "zhi"), ("建", "jian"), ("国", "guo"), ("家", "jia"), ("嘉", "jia"), ("振", "zhen"),
    ("海", "hai"), ("永", "yong"), ("立", "li"), ("正", "zheng"), ("德", "de"), ("宏", "hong"),
    ("世", "shi"), ("金", "jin"), ("长", "chang"), ("洪", "hong"), ("文", "wen"), ("子", "zi"),
    ("俊", "jun"), ("浩", "hao"), ("宇", "yu"), ("旭", "xu"), ("泽", "ze"), ("博", "bo"), ("明", "ming"),
    ("晓", "xiao"), ("小", "xiao"), ("云", "yun"), ("天", "tian"), ("景", "jing"), ("光", "guang"),
    ("新", "xin"), ("成", "cheng"), ("学", "xue"), ("春", "chun"), ("少", "shao"), ("庆", "qing"),
    ("维", "wei"), ("启", "qi"), ("兴", "xing"), ("敬", "jing"), ("绍", "shao"), ("仲", "zhong"),
    ("亚", "ya"), ("思", "si"), ("彦", "yan"), ("承", "cheng"), ("佳", "jia"), ("一", "yi"), ("雨", "yu"),
    ("晨", "chen"), ("瑞", "rui"),
];

/// Last characters of men's given names, and such that stand alone.
#[rustfmt::skip]
pub const GIVEN_HIS_LAST: &[Spelled] = &[
    ("伟", "wei"), ("强", "qiang"), ("磊", "lei"), ("军", "jun"), ("勇", "yong"), ("杰", "jie"),
    ("涛", "tao"), ("超", "chao"), ("刚", "gang"), ("鹏", "peng"), ("辉", "hui"), ("斌", "bin"),
    ("波", "bo"), ("浩", "hao"), ("凯", "kai"), ("健", "jian"), ("俊", "jun"), ("帆", "fan"),
    ("峰", "feng"), ("龙", "long"), ("飞", "fei"), ("亮", "liang"), ("明", "ming"), ("华", "hua"),
    ("胜", "sheng"), ("武", "wu"), ("兵", "bing"), ("毅", "yi"), ("松", "song"), ("林", "lin"),
    ("旭", "xu"), ("宇", "yu"), ("豪", "hao"), ("博", "bo"), ("泽", "ze"), ("铭", "ming"), ("翔", "xiang"),
    ("坤", "kun"), ("喆", "zhe"), ("翀", "chong"), ("堃", "kun"), ("栋", "dong"), ("平", "ping"),
    ("宁", "ning"), ("远", "yuan"), ("航", "hang"), ("阳", "yang"), ("辰", "chen"), ("祥", "xiang"),
    ("霖", "lin"), ("源", "yuan"), ("川", "chuan"), ("昊", "hao"), ("昱", "yu"), ("东", "dong"),
    ("轩", "xuan"), ("成", "cheng"), ("恒", "heng"),
];

/// First characters of women's given names.
#[rustfmt::skip]
pub const GIVEN_HERS_FIRST: &[Spelled] = &[
    ("晓", "xiao"), ("小", "xiao"), ("雅", "ya"), ("思", "si"), ("梦", "meng"), ("诗", "shi"),
    ("佳", "jia"), ("欣", "xin"), ("怡", "yi"), ("淑", "shu"), ("秀", "xiu"), ("玉", "yu"), ("春", "chun"),
    ("秋", "qiu"), ("月", "yue"), ("桂", "gui"), ("美", "mei"), ("丽", "li"), ("文", "wen"), ("雨", "yu"),
    ("子", "zi"), ("雪", "xue"), ("慧", "hui"), ("静", "jing"), ("海", "hai"), ("红", "hong"),
    ("艳", "yan"), ("婉", "wan"), ("若", "ruo"), ("书", "shu"), ("可", "ke"), ("一", "yi"), ("希", "xi"),
    ("嘉", "jia"), ("亦", "yi"), ("语", "yu"), ("紫", "zi"), ("心", "xin"), ("安", "an"), ("悦", "yue"),
    ("金", "jin"), ("冬", "dong"), ("素", "su"), ("爱", "ai"), ("彩", "cai"), ("巧", "qiao"),
];

/// Last characters of women's given names, and such that stand alone.
#[rustfmt::skip]
pub const GIVEN_HERS_LAST: &[Spelled] = &[
    ("芳", "fang"), ("娜", "na"), ("敏", "min"), ("静", "jing"), ("丽", "li"), ("艳", "yan"),
    ("娟", "juan"), ("英", "ying"), ("霞", "xia"), ("燕", "yan"), ("玲", "ling"), ("兰", "lan"),
    ("凤", "feng"), ("梅", "mei"), ("琳", "lin"), ("雪", "xue"), ("婷", "ting"), ("慧", "hui"),
    ("莹", "ying"), ("倩", "qian"), ("颖", "ying"), ("洁", "jie"), ("莉", "li"), ("萍", "ping"),
    ("红", "hong"), ("怡", "yi"), ("琪", "qi"), ("瑶", "yao"), ("璐", "lu"), ("薇", "wei"), ("蕾", "lei"),
    ("菲", "fei"), ("茜", "qian"), ("露", "lu"), ("丹", "dan"), ("彤", "tong"), ("萱", "xuan"),
    ("妍", "yan"), ("蓉", "rong"), ("珊", "shan"), ("妮", "ni"), ("媛", "yuan"), ("馨", "xin"),
    ("云", "yun"), ("宁", "ning"), ("涵", "han"), ("悦", "yue"), ("昕", "xin"), ("晴", "qing"),
    ("岚", "lan"), ("曦", "xi"), ("欣", "xin"), ("华", "hua"), ("平", "ping"), ("君", "jun"), ("群", "qun"),
];

/// Names that are not written family name first: a few Latin ones, and one with the dot of a minority name.
#[rustfmt::skip]
pub const OTHER_NAMES: &[Spelled] = &[
    ("Emily Carter", "emily.carter"), ("Daniel Novak", "daniel.novak"), ("Grace Tan", "grace.tan"),
    ("Kevin Lim", "kevin.lim"), ("Anna Lindqvist", "anna.lindqvist"), ("阿依古丽·买买提", "ayguli.mamat"),
];

/// Names of well-known people, past and present, which nobody in the demo shall bear by accident.
#[rustfmt::skip]
pub const WELL_KNOWN: &[&str] = &[
    "毛泽东", "邓小平", "朱德", "陈毅", "贺龙", "陈云", "孙文", "王明", "李鹏", "李强", "王毅", "韩正", "李希", "董军",
    "秦刚", "何立峰", "张国清", "刘国中", "王文涛", "陈文清", "孙春兰", "黄坤明", "袁家军", "魏凤和", "刘振立", "王宁",
    "彭丽媛", "刘晓波", "王立军", "任志强", "董建华", "李家超", "王小洪", "文天祥", "岳飞", "孔子", "孟子", "庄子",
    "孔明", "诸葛亮", "司马光", "马超", "武松", "马云", "雷军", "丁磊", "刘强东", "李彦宏", "王健林", "张勇", "李斌",
    "何小鹏", "王小川", "张小龙", "姚明", "刘翔", "李宁", "李娜", "马龙", "许昕", "林丹", "朱婷", "王菲", "刘亦菲",
    "邓超", "黄磊", "陆毅", "刘德华", "黎明", "李小龙", "冯小刚", "黄晓明", "李亚鹏", "周立波", "王俊凯", "王源",
    "赵丽颖", "陈慧琳", "李嘉欣", "林俊杰", "罗志祥", "朱军", "康辉", "余华",
];

/// How a contact is noted down by somebody who did not catch the given name.
pub const HONORIFICS: &[(&str, u32)] = &[("先生", 4), ("女士", 4), ("总", 3), ("经理", 2), ("主任", 1), ("老师", 1)];

/// The first three digits of mobile numbers.
#[rustfmt::skip]
pub const MOBILE_PREFIXES: &[&str] = &[
    "130", "131", "132", "133", "135", "136", "137", "138", "139", "150", "151", "152", "153", "155", "156", "157",
    "158", "159", "166", "173", "176", "177", "178", "180", "181", "182", "183", "185", "186", "187", "188", "189",
    "191", "199",
];

/// Job titles, each with how often it occurs.
#[rustfmt::skip]
pub const TITLES: &[(&str, u32)] = &[
    ("总经理", 12), ("副总经理", 7), ("董事长", 2), ("创始人", 4), ("技术总监", 9), ("CTO", 5), ("CIO", 4),
    ("信息中心主任", 6), ("信息部经理", 10), ("IT经理", 12), ("IT主管", 9), ("运维经理", 7), ("运维工程师", 6),
    ("系统架构师", 4), ("研发经理", 6), ("研发总监", 4), ("产品经理", 5), ("数字化转型负责人", 4), ("采购经理", 8),
    ("采购主管", 5), ("财务总监", 3), ("运营总监", 5), ("市场经理", 4), ("项目经理", 6), ("行政主管", 3),
];

/// A marketing campaign and whom it reaches; an empty list of regions or industries reaches all.
#[derive(Debug, PartialEq, Eq)]
pub struct Campaign {
    pub name: &'static str,
    pub regions: &'static [&'static str],
    pub industries: &'static [&'static str],
}

impl Campaign {
    /// Whether a company from this region and industry may come from this campaign.
    pub fn reaches(&self, region: &str, industry: &str) -> bool {
        let among = |known: &[&str], code| known.is_empty() || known.contains(&code);
        among(self.regions, region) && among(self.industries, industry)
    }
}

const fn campaign(
    name: &'static str,
    regions: &'static [&'static str],
    industries: &'static [&'static str],
) -> Campaign {
    Campaign { name, regions, industries }
}

/// Marketing campaigns that leads come from.
#[rustfmt::skip]
pub const CAMPAIGNS: &[Campaign] = &[
    campaign("2026华东云上创新峰会", &["SH", "JS", "ZJ", "AH"], &[]),
    campaign("2026华南数字化转型大会", &["GD", "GX", "HI", "FJ"], &[]),
    campaign("2026西部云计算产业论坛", &["SC", "CQ", "GZ", "YN", "XZ", "SN", "GS", "QH", "NX", "XJ"], &[]),
    campaign("2026京津冀企业上云推介会", &["BJ", "TJ", "HE", "SX", "NM"], &[]),
    campaign("2026中部数字经济沙龙", &["HA", "HB", "HN", "JX"], &[]),
    campaign("2026东北企业上云行动", &["LN", "JL", "HL"], &[]),
    campaign("鲲鹏生态伙伴行·杭州站", &["ZJ"], &[]),
    campaign("鲲鹏生态伙伴行·武汉站", &["HB", "HN"], &[]),
    campaign("鲲鹏生态伙伴行·西安站", &["SN", "GS"], &[]),
    campaign("鲲鹏生态伙伴行·沈阳站", &["LN", "JL", "HL"], &[]),
    campaign("鲲鹏生态伙伴行·济南站", &["SD"], &[]),
    campaign("中小企业上云季·春季专场", &[], &[]),
    campaign("中小企业上云季·秋季专场", &[], &[]),
    campaign("618云服务年中特惠", &[], &[]),
    campaign("双11上云节", &[], &[]),
    campaign("开年采购季", &[], &[]),
    campaign("云数据库迁移公开课(线上)", &[], &[]),
    campaign("云安全合规直播月", &[], &[]),
    campaign("AI大模型行业应用开放日·上海", &["SH", "JS", "ZJ"], &["internet", "finance", "healthcare", "media"]),
    campaign("AI大模型行业应用开放日·深圳", &["GD"], &["internet", "manufacturing", "finance", "retail"]),
    campaign("工业互联网走进园区·苏州", &["JS", "SH"], &["manufacturing", "energy", "logistics"]),
    campaign("工业互联网走进园区·东莞", &["GD"], &["manufacturing", "energy", "logistics"]),
    campaign("零售电商大促保障研讨会", &[], &["retail", "catering"]),
    campaign("游戏出海技术闭门会", &[], &["gaming"]),
    campaign("智慧医疗云上实践巡展", &[], &["healthcare"]),
    campaign("教育信息化校企交流会", &[], &["education"]),
    campaign("SAP上云客户分享会", &[], &["manufacturing", "retail", "energy"]),
];

/// Where leads come from, each with how often.
pub const SOURCES: &[(&str, u32)] =
    &[("vendor", 38), ("own", 18), ("website", 14), ("event", 16), ("referral", 10), ("other", 4)];

/// The products that a lead may ask for.
pub const PRODUCTS: &[&str] =
    &["ecs", "rds", "obs", "cce", "modelarts", "gaussdb", "cdn", "waf", "dws", "meeting", "dedicated", "sap"];

/// What a lead asks for; `{n}` in the text stands for one of the amounts.
#[derive(Debug, PartialEq, Eq)]
pub struct Need {
    pub text: &'static str,
    pub amounts: &'static [u32],
    pub products: &'static [&'static str],
}

const fn need(text: &'static str, amounts: &'static [u32], products: &'static [&'static str]) -> Need {
    Need { text, amounts, products }
}

/// Needs that anybody may have.
#[rustfmt::skip]
pub const NEEDS: &[Need] = &[
    need("现有机房约{n}台服务器即将过保，计划年内分批上云，需要迁移方案和报价。", &[8, 15, 20, 40, 60, 120], &["ecs", "obs"]),
    need("官网访问慢，想上CDN并做安全防护，月流量约{n}TB。", &[1, 2, 5, 10, 30], &["cdn", "waf"]),
    need("自建MySQL主从经常告警，数据量约{n}GB，希望迁到云数据库，停机时间不超过1小时。", &[80, 200, 500, 800], &["rds"]),
    need("Oracle替换选型，核心库约{n}TB，需要兼容性评估和POC环境。", &[1, 2, 5, 8], &["gaussdb"]),
    need("文件服务器容量告急，约{n}TB资料要归档，对取回速度要求不高。", &[5, 12, 30, 80], &["obs"]),
    need("应用正在做容器化改造，约{n}个微服务，想了解容器平台和灰度发布能力。", &[12, 25, 40, 90], &["cce"]),
    need("计划上线客服大模型，需要{n}张训练卡左右的算力，按月租用，先做效果验证。", &[4, 8, 16, 32], &["modelarts", "obs"]),
    need("等保三级整改，缺WAF和主机安全，要求{n}个月内完成测评。", &[2, 3, 6], &["waf", "ecs"]),
    need("各分公司开会用的软件不统一，约{n}人使用，想要支持会议室大屏的方案。", &[50, 120, 300, 800], &["meeting"]),
    need("报表跑批要{n}小时，想建数据仓库，按天出经营分析。", &[4, 6, 9], &["dws", "obs"]),
    need("SAP ECC准备升级S/4HANA，内存规格{n}GB左右，想了解上云方案与同行案例。", &[256, 512, 1024, 2048], &["sap", "ecs"]),
    need("集团要求数据不出专属资源池，预算{n}万左右，需要专属云方案。", &[80, 150, 300], &["dedicated", "ecs"]),
    need("目前在别家云上每月花费约{n}万元，合同年底到期，希望对比价格和迁移成本。", &[1, 2, 5, 12, 30], &["ecs", "rds", "cdn"]),
    need("客户要求\"两地三中心\",目前只有单机房,先做异地备份。", &[], &["obs", "ecs"]),
    need("新项目立项，暂定{n}台4核8G云主机加一套数据库，先试用一个月。", &[2, 4, 6, 10], &["ecs", "rds"]),
    need("对上云感兴趣，具体需求待沟通。", &[], &[]),
];

/// Needs of one industry, by its code.
#[rustfmt::skip]
pub const NEEDS_OF_INDUSTRIES: &[(&str, &[Need])] = &[
    ("internet", &[
        need("日活约{n}万，活动期间流量翻三倍，需要弹性伸缩和压测支持。", &[2, 10, 30, 80], &["ecs", "cce", "cdn"]),
        need("SaaS产品要做多租户隔离，计划从单体拆到K8s，想请架构师交流一次。", &[], &["cce", "rds"]),
        need("用户行为日志每天{n}GB，想做准实时分析。", &[50, 200, 600], &["dws", "obs"]),
    ]),
    ("manufacturing", &[
        need("MES和ERP放在车间机房，断电过两次，想把{n}套系统迁到云上，产线侧保留边缘节点。", &[2, 3, 5], &["ecs", "rds", "sap"]),
        need("{n}条产线要做外观质检，想用AI识别替代人工目检。", &[2, 4, 8, 20], &["modelarts", "obs"]),
        need("图纸和三维模型约{n}TB，异地研发协同打开很慢，想了解云桌面和图形工作站。", &[3, 8, 20], &["ecs", "obs"]),
    ]),
    ("retail", &[
        need("全国{n}家门店的收银和会员系统要统一，大促期间不能宕机。", &[30, 80, 200, 600], &["ecs", "rds", "cdn"]),
        need("商城大促峰值约{n}万QPS，需要保障方案和驻场支持。", &[1, 3, 8], &["cce", "gaussdb", "waf"]),
    ]),
    ("logistics", &[
        need("{n}辆车的定位数据要实时上报，想做路径优化和时效看板。", &[120, 500, 2000], &["ecs", "dws"]),
        need("仓储WMS升级，{n}个分仓要接入，担心专线费用。", &[4, 9, 20], &["ecs", "rds"]),
    ]),
    ("finance", &[
        need("核心业务系统信创改造，数据库要国产化，要求同城双活。", &[], &["gaussdb", "dedicated"]),
        need("风控模型要训练，样本约{n}亿条，数据不能出专属区。", &[1, 3, 9], &["modelarts", "dedicated", "dws"]),
    ]),
    ("healthcare", &[
        need("影像PACS数据每年新增{n}TB，想做云上归档和远程阅片。", &[6, 15, 40], &["obs", "ecs"]),
        need("互联网医院上线在即，需要等保和隐私合规建议。", &[], &["ecs", "waf", "rds"]),
    ]),
    ("education", &[
        need("在线课堂同时在线约{n}人，录播要回看，希望按量付费。", &[500, 2000, 8000], &["cdn", "obs", "ecs"]),
        need("{n}间机房改云桌面，开学前要交付。", &[3, 6, 12], &["ecs", "meeting"]),
    ]),
    ("government", &[
        need("政务云扩容，需本地化部署，{n}个委办局系统分批迁移，走公开招标。", &[6, 14, 30], &["dedicated", "gaussdb"]),
        need("一网统管视频接入约{n}路，想做AI事件识别。", &[300, 1200, 5000], &["modelarts", "obs"]),
    ]),
    ("energy", &[
        need("{n}座场站的监控数据要集中，想做发电功率预测。", &[6, 20, 55], &["modelarts", "dws"]),
        need("充电桩运营平台并发上不去，目前接入{n}个桩。", &[800, 3000, 12000], &["cce", "rds"]),
    ]),
    ("catering", &[
        need("点餐小程序午高峰卡顿，{n}家门店，想先做一次免费评估。", &[8, 25, 90], &["ecs", "rds", "cdn"]),
        need("想把监控录像上云，{n}家店各保留30天。", &[8, 25, 90], &["obs"]),
    ]),
    ("gaming", &[
        need("新游计划{n}月公测，首日玩家集中，需要全球加速和抗DDoS。", &[3, 6, 9, 11], &["ecs", "cdn", "waf"]),
        need("准备出海东南亚，要{n}毫秒以内的延迟，求组网建议。", &[60, 80, 100], &["ecs", "cdn"]),
    ]),
    ("media", &[
        need("渲染任务集中在月底，临时要{n}台GPU服务器，用完即放。", &[10, 30, 80], &["ecs", "obs"]),
        need("直播活动预计{n}万人观看，需要转码和分发报价。", &[1, 5, 20], &["cdn", "obs"]),
    ]),
    ("other", &[
        need("OA和项目管理系统要上云，{n}个账号，希望一并考虑视频会议。", &[60, 150, 400], &["ecs", "meeting"]),
        need("公司没有专职运维，希望找服务商代管{n}台云主机。", &[2, 5, 8], &["ecs"]),
    ]),
];

/// What follow-ups say, by the code of their result and the code of their way.
#[rustfmt::skip]
pub const FOLLOW_UPS: &[(&str, &str, &[&str])] = &[
    ("interested", "phone", &["客户确认年内有上云预算，约下周三做线上方案讲解。", "已电话沟通，客户对迁移方案感兴趣，要求先出两套配置报价。"]),
    ("interested", "call", &["外呼接通，对方负责选型，愿意试用，已约技术交流。", "客户表示正在比价，关注首年折扣，答应看方案。"]),
    ("interested", "email", &["客户回邮件索取行业案例和价格清单，已发送。", "邮件确认需求范围，请我方补充等保相关材料。"]),
    ("interested", "visit", &["上门拜访信息部，参观机房，梳理出一期迁移清单。", "现场交流两小时，客户高层到场，基本认可总体方案。"]),
    ("interested", "wechat", &["微信发了方案PPT，客户已转给技术团队评估。", "客户微信询问试用账号开通流程，已发指引。"]),
    ("interested", "other", &["展会现场洽谈，客户扫码登记了试用。"]),
    ("again", "phone", &["客户在开会，约明天下午再联系。", "预算要等季度会后才定，约两周后回访。"]),
    ("again", "call", &["接通后对方不方便，请改天上午再打。", "对接人出差，月底回来后再约。"]),
    ("again", "email", &["已发送产品资料，客户回复内部讨论后答复。", "邮件催问一次，客户说还在走立项流程。"]),
    ("again", "visit", &["拜访到前台，负责人临时外出，已留资料并另约时间。", "客户要求补充PaaS部分方案，下次带架构师同去。"]),
    ("again", "wechat", &["已加微信，客户说这周忙，下周细聊。", "微信确认收到报价，等采购意见。"]),
    ("again", "other", &["托渠道朋友转达，对方同意下月见面。"]),
    ("unreached", "phone", &["连拨三次无人接听，稍后再试。", "电话占线，未接通。"]),
    ("unreached", "call", &["外呼无人应答，响铃45秒后挂断。", "提示已关机。"]),
    ("unreached", "email", &["发送资料邮件三天未回复。", "邮件自动回复休假中。"]),
    ("unreached", "visit", &["按登记地址上门，公司搬迁，未见到联系人。", "到访时负责人不在，前台不便透露返回时间。"]),
    ("unreached", "wechat", &["微信好友申请未通过。"]),
    ("unreached", "other", &["短信已发，暂无回应。"]),
    ("no_need", "phone", &["客户上半年刚续签自建机房，暂不考虑上云。", "业务收缩，今年没有信息化预算。"]),
    ("no_need", "call", &["对方表示只是下载资料，没有采购计划。", "现有云服务够用，合同还有两年。"]),
    ("no_need", "email", &["客户邮件回复暂无计划，请明年再联系。"]),
    ("no_need", "visit", &["拜访后了解系统由集团统一建设，子公司无采购权。"]),
    ("no_need", "wechat", &["微信回复暂时不需要，保持联系。", "客户说项目延期到明年，先不推进。"]),
    ("no_need", "other", &["渠道反馈项目取消。"]),
    ("invalid", "phone", &["号码为空号，登记信息有误。", "接电话的人与该公司无关。"]),
    ("invalid", "call", &["外呼提示号码不存在。", "对方是学生，为写论文留的信息。"]),
    ("invalid", "email", &["邮件被退回，地址不存在。"]),
    ("invalid", "visit", &["地址为居民小区，未找到该公司。"]),
    ("invalid", "wechat", &["对方是同行销售，打听报价。"]),
    ("invalid", "other", &["与已有线索为同一项目，重复登记。"]),
    ("developed", "phone", &["客户同意关联账号，已提交报备。", "电话确认注册完成，首单为云主机包年。"]),
    ("developed", "call", &["外呼确认开户，已发送关联邀请。"]),
    ("developed", "email", &["客户邮件发来营业执照，已完成报备并发送邀请邮件。"]),
    ("developed", "visit", &["现场协助注册账号并完成实名认证。", "上门签署合作协议，客户当场接受关联邀请。"]),
    ("developed", "wechat", &["微信发送邀请二维码，客户已扫码关联。"]),
    ("developed", "other", &["活动现场办理开户，领取代金券。"]),
];

/// What a follow-up of this result and way may say; nothing for codes that do not exist.
pub fn follow_ups(result: &str, way: &str) -> &'static [&'static str] {
    FOLLOW_UPS.iter().find(|(of, by, _)| *of == result && *by == way).map_or(&[], |(_, _, texts)| *texts)
}

/// Why a follower gives a lead back.
pub const RETURN_REASONS: &[&str] = &[
    "客户不在本人负责区域，请转派当地同事。",
    "手头线索已满，短期内无法跟进。",
    "客户为集团下属公司，应由集团客户经理统一对接。",
    "行业较专业，建议转给医疗行业同事。",
    "客户要求更换对接人。",
    "本人即将休假，请安排他人跟进。",
    "联系人与我司另一客户经理已有接触。",
    "客户需求以本地化部署为主，请转解决方案团队。",
];

/// Why a lead is invalid, by code, each with how often.
pub const INVALID_REASONS: &[(&str, u32)] =
    &[("wrong_number", 40), ("duplicate", 18), ("not_target", 24), ("competitor", 8), ("other", 10)];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const RESULTS: [&str; 6] = ["interested", "again", "unreached", "no_need", "invalid", "developed"];
    const WAYS: [&str; 6] = ["phone", "call", "email", "visit", "wechat", "other"];
    const INDUSTRIES: [&str; 13] = [
        "internet",
        "manufacturing",
        "retail",
        "logistics",
        "finance",
        "healthcare",
        "education",
        "government",
        "energy",
        "catering",
        "gaming",
        "media",
        "other",
    ];

    fn every_need() -> impl Iterator<Item = &'static Need> {
        NEEDS.iter().chain(NEEDS_OF_INDUSTRIES.iter().flat_map(|(_, needs)| needs.iter()))
    }

    #[test]
    fn there_are_thirty_one_regions_and_three_more() {
        let codes: HashSet<_> = REGIONS.iter().map(|(code, _, _)| code).collect();
        assert_eq!(codes.len(), 31 + 3);
    }

    #[test]
    fn every_region_of_the_mainland_has_a_city() {
        let with_city: HashSet<_> = CITIES.iter().map(|(city, _)| city.region).collect();
        let without: Vec<_> =
            REGIONS.iter().map(|(code, _, _)| *code).filter(|code| !with_city.contains(code)).collect();
        assert_eq!(without, ["TW", "HK", "MO"]);
    }

    #[test]
    fn every_city_lies_in_a_known_region() {
        assert!(CITIES.iter().all(|(city, _)| region_name(city.region).is_some()));
    }

    #[test]
    fn every_industry_occurs_and_has_needs_of_its_own() {
        let known = HashSet::from(INDUSTRIES);
        assert_eq!(TRADES.iter().map(|((_, industry), _)| *industry).collect::<HashSet<_>>(), known);
        assert_eq!(NEEDS_OF_INDUSTRIES.iter().map(|(industry, _)| *industry).collect::<HashSet<_>>(), known);
    }

    #[test]
    fn every_need_names_known_products_and_has_amounts_where_it_counts() {
        for need in every_need() {
            assert!(need.products.iter().all(|product| PRODUCTS.contains(product)), "{}", need.text);
            assert_eq!(need.text.contains("{n}"), !need.amounts.is_empty(), "{}", need.text);
        }
    }

    #[test]
    fn every_product_is_asked_for() {
        let asked: HashSet<_> = every_need().flat_map(|need| need.products).collect();
        assert_eq!(asked.len(), PRODUCTS.len());
    }

    #[test]
    fn every_campaign_reaches_known_regions_and_industries() {
        for campaign in CAMPAIGNS {
            assert!(campaign.regions.iter().all(|region| region_name(region).is_some()), "{}", campaign.name);
            assert!(campaign.industries.iter().all(|code| INDUSTRIES.contains(code)), "{}", campaign.name);
        }
    }

    #[test]
    fn a_campaign_for_everybody_reaches_every_company() {
        assert!(CAMPAIGNS.iter().any(|campaign| campaign.reaches("XZ", "other")));
    }

    #[test]
    fn every_result_and_way_of_a_follow_up_has_its_words() {
        for (result, way) in RESULTS.iter().flat_map(|result| WAYS.iter().map(move |way| (result, way))) {
            assert!(!follow_ups(result, way).is_empty(), "{result} by {way}");
        }
    }

    #[test]
    fn a_follow_up_of_an_unknown_result_has_no_words() {
        assert!(follow_ups("won", "phone").is_empty());
    }

    #[test]
    fn no_word_stands_twice_in_its_list() {
        for list in [
            TRADE_NAMES,
            TRADE_ENDINGS,
            GIVEN_HIS_FIRST,
            GIVEN_HIS_LAST,
            GIVEN_HERS_FIRST,
            GIVEN_HERS_LAST,
            OTHER_NAMES,
        ] {
            assert_eq!(list.iter().map(|(word, _)| word).collect::<HashSet<_>>().len(), list.len(), "{:?}", list[0]);
        }
        assert_eq!(SURNAMES.iter().map(|((word, _), _)| word).collect::<HashSet<_>>().len(), SURNAMES.len());
        assert_eq!(SYLLABLES.iter().collect::<HashSet<_>>().len(), SYLLABLES.len());
        assert_eq!(MOBILE_PREFIXES.iter().collect::<HashSet<_>>().len(), MOBILE_PREFIXES.len());
    }

    #[test]
    fn every_spelling_can_stand_in_an_address() {
        let lists = [TRADE_NAMES, TRADE_ENDINGS, GIVEN_HIS_FIRST, GIVEN_HIS_LAST, GIVEN_HERS_FIRST, GIVEN_HERS_LAST];
        let spellings = lists.iter().flat_map(|list| list.iter()).map(|(_, spelling)| *spelling);
        let spellings = spellings.chain(SYLLABLES.iter().copied());
        for spelling in spellings.chain(SURNAMES.iter().map(|((_, spelling), _)| *spelling)) {
            assert!(spelling.chars().all(|letter| letter.is_ascii_lowercase()), "{spelling}");
        }
    }
}
