"""Every class of difference, in sentences of our own, and what must hold for any passage."""

from __future__ import annotations

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.compare.differences import compare
from dedupe_cn.reasons import CLASSES

#: what a person would say of the pair: (one copy, the other copy, class of the difference)
NOISE = {
    "a comma in half width": ("春天来了，柳树发芽了。", "春天来了,柳树发芽了。", "width"),
    "a full stop in half width": ("他收拾好行李就出门了。", "他收拾好行李就出门了.", "width"),
    "brackets in half width": ("会议室（三楼东侧）已经订好。", "会议室(三楼东侧)已经订好。", "width"),
    "quotes in half width": ("他说“明天见”就走了。", '他说"明天见"就走了。', "width"),
    "full-width letters": ("用 ABC 分类法管理库存。", "用 ＡＢＣ 分类法管理库存。", "width"),
    "full-width digits": ("仓库里有 25 箱苹果。", "仓库里有 ２５ 箱苹果。", "width"),
    "half-width Japanese full stop": ("天色渐渐暗了下来。", "天色渐渐暗了下来｡", "width"),
    "an ellipsis of points": ("他想了想……还是没有开口。", "他想了想......还是没有开口。", "width"),
    "corner brackets for quotes": ("老师说「下课」之后就走了。", "老师说“下课”之后就走了。", "punctuation"),
    "an enumeration comma read as a comma": ("桌上摆着苹果、香蕉和梨。", "桌上摆着苹果，香蕉和梨。", "punctuation"),
    "a comma read as a full stop": ("雨停了，街上又热闹起来。", "雨停了。街上又热闹起来。", "punctuation"),
    "a semicolon read as a comma": ("前面是山；后面是河。", "前面是山，后面是河。", "punctuation"),
    "one traditional character": ("这家书店开在学校对面。", "这家書店开在学校对面。", "variant"),
    "two traditional characters far apart": (
        "国家图书馆下周闭馆，读者请提前还书。",
        "國家图书馆下周闭馆，讀者请提前还书。",
        "variant",
    ),
    "one simplified character in traditional text": (
        "圖書館週末開門，讀者請從東門進入。",
        "圖書館週末開门，讀者請從東門進入。",
        "variant",
    ),
    "a Kangxi radical": ("山里的人家都起得很早。", "⼭里的人家都起得很早。", "variant"),
    "a compatibility ideograph": ("车辆请靠右行驶。", "⾞辆请靠右行驶。", "variant"),
    "裏 for 里": ("屋子里点着一盏灯。", "屋子裏点着一盏灯。", "variant"),
    "著 for 着": ("他望着窗外出神。", "他望著窗外出神。", "variant"),
    "已 read as 己": ("任务已经完成，大家都很高兴。", "任务己经完成，大家都很高兴。", "look-alike"),
    "己 read as 已": ("自己的事情自己做，不要依赖父母。", "自已的事情自己做，不要依赖父母。", "look-alike"),
    "日 read as 曰": ("昔日的同窗如今各奔东西。", "昔曰的同窗如今各奔东西。", "look-alike"),
    "曰 read as 日": ("孔子对曰：君子坦荡荡。", "孔子对日：君子坦荡荡。", "look-alike"),
    "候 read as 侯": ("等候多时的客人终于到了。", "等侯多时的客人终于到了。", "look-alike"),
    "睛 read as 晴": ("她的眼睛又大又亮。", "她的眼晴又大又亮。", "look-alike"),
    "竟 read as 竞": ("谁知他竟然一个人来了。", "谁知他竞然一个人来了。", "look-alike"),
    "治 read as 冶": ("医生说这病能治好。", "医生说这病能冶好。", "look-alike"),
    "刺 read as 剌": ("玫瑰的刺扎破了手指。", "玫瑰的剌扎破了手指。", "look-alike"),
    "人 read as 入": ("人民的生活越来越好。", "入民的生活越来越好。", "look-alike"),
    "人 read as 入 where both were seen": ("水通了，人人脸上都有笑意。", "水通了，入人脸上都有笑意。", "look-alike"),
    "间 read as 问": ("这段时间大家辛苦了。", "这段时问大家辛苦了。", "look-alike"),
    "待 read as 侍": ("主人热情招待了远方的客人。", "主人热情招侍了远方的客人。", "look-alike"),
    "第 read as 弟": ("比赛得了第一名。", "比赛得了弟一名。", "look-alike"),
    "a usual word behind what may be a surname": ("国家由王国改为共和国。", "国家由王固改为共和国。", "look-alike"),
    "王 read as 玉": ("国王登基之后大赦天下。", "国玉登基之后大赦天下。", "look-alike"),
    "两个形近字": ("天下太平，人民安居乐业。", "夭下太平，入民安居乐业。", "look-alike"),
    "a numeral misread in a scan full of misreadings": (
        "昔日的人民自己治理国家，等候了三千年。",
        "昔曰的入民自已冶理国家，等侯了三干年。",
        "look-alike",
    ),
    "a bar between two characters": ("村口有一棵老槐树。", "村口有一丨棵老槐树。", "stray-mark"),
    "a box between two characters": ("列车准时到达终点站。", "列车准时■到达终点站。", "stray-mark"),
    "a tilde between two characters": ("湖面上漂着几片荷叶。", "湖面上漂~着几片荷叶。", "stray-mark"),
    "a caret between two characters": ("院子里种满了牡丹。", "院子里种^满了牡丹。", "stray-mark"),
    "a middle dot between two characters": ("他每天步行去上班。", "他每天步·行去上班。", "stray-mark"),
    "a lone asterisk between two characters": ("孩子们在操场上奔跑。", "孩子们在操*场上奔跑。", "stray-mark"),
    "a vertical stroke of Han between two characters": ("大桥明年建成通车。", "大桥明年丶建成通车。", "stray-mark"),
    "未 read as 末, which is no word there": ("合同未约定交货地点。", "合同末约定交货地点。", "look-alike"),
    "marks doubled and dropped side by side": (
        "按国家、省、县三级划分管理的范围。",
        "按国家、、省县三级划分管理的范围。",
        "doubled-mark",
    ),
    "a rating in exclamation marks": ("这家馆子真好吃！大家都夸。", "这家馆子真好吃！！！大家都夸。", "doubled-mark"),
    "a doubled comma": ("夜深了，村子里静悄悄的。", "夜深了，，村子里静悄悄的。", "doubled-mark"),
    "a doubled full stop": ("他合上了书。窗外下着雨。", "他合上了书。。窗外下着雨。", "doubled-mark"),
    "a doubled exclamation mark": ("快跑！敌人来了。", "快跑！！敌人来了。", "doubled-mark"),
    "a comma doubled in half width": ("风停了，雪也停了。", "风停了，,雪也停了。", "doubled-mark"),
    "a dropped comma": ("吃过早饭，他们就上路了。", "吃过早饭他们就上路了。", "dropped-mark"),
    "a dropped enumeration comma": ("笔墨、纸砚都准备好了。", "笔墨纸砚都准备好了。", "dropped-mark"),
    "a dropped full stop at the end": ("明天早上在车站集合。", "明天早上在车站集合", "dropped-mark"),
    "a lone quote dropped": ("他大声说：“我来了。大家都笑了。", "他大声说：我来了。大家都笑了。", "dropped-mark"),
    "a dash dropped": ("那个人——就是他的父亲。", "那个人就是他的父亲。", "dropped-mark"),
}

MEANING = {
    "a digit in a price": ("门票每张30元，老人免费。", "门票每张80元，老人免费。", "amount"),
    "a digit more": ("奖金总额为100万元人民币。", "奖金总额为1000万元人民币。", "amount"),
    "a rate": ("手续费为 0.6%，由买方承担。", "手续费为 0.7%，由买方承担。", "amount"),
    "a decimal point lost": ("药品剂量为1.5毫升，饭后服用。", "药品剂量为15毫升，饭后服用。", "number"),
    "a thousands comma": ("参会人数为3,000，创下纪录。", "参会人数为3000，创下纪录。", "number"),
    "a sign": ("今夜最低气温-5度，注意保暖。", "今夜最低气温5度，注意保暖。", "number"),
    "a version": ("本教程基于版本 3.11 编写。", "本教程基于版本 3.12 编写。", "number"),
    "a telephone number": ("咨询电话：68201234，周末无人接听。", "咨询电话：68201284，周末无人接听。", "number"),
    "a zero read as the letter O": ("编号为A10的零件需要更换。", "编号为A1O的零件需要更换。", "number"),
    "a year": ("该建筑落成于1998年，由他设计。", "该建筑落成于1999年，由他设计。", "date"),
    "a month": ("展览将于2020年3月开幕。", "展览将于2020年5月开幕。", "date"),
    "a day": ("截止日期是6月12日，逾期无效。", "截止日期是6月15日，逾期无效。", "date"),
    "a date with strokes": ("最后更新：2021-05-06，作者张明。", "最后更新：2021-05-07，作者张明。", "date"),
    "a time of day": ("列车将在18:30准时发车。", "列车将在18:50准时发车。", "date"),
    "a Chinese year": ("民国三年，他回到了故乡。", "民国五年，他回到了故乡。", "date"),
    "a Chinese day": ("正月初三日，全家去拜年。", "正月初四日，全家去拜年。", "date"),
    "an article number": ("依照本法第十二条处理。", "依照本法第十三条处理。", "numeral"),
    "two paragraphs for one": ("单位犯前款罪的，判处罚金。", "单位犯前两款罪的，判处罚金。", "numeral"),
    "a count of people": ("从村里来了三个人。", "从村里来了五个人。", "numeral"),
    "a share in words": ("出席人数超过百分之三十。", "出席人数超过百分之二十。", "amount"),
    "a sum in Chinese numerals": ("处五千元以下罚款。", "处五万元以下罚款。", "amount"),
    "一、二 read as one number": ("讲解第一、二章的内容。", "讲解第一二章的内容。", "number"),
    "千 read as 干 and nothing else": ("离家三千里，音信全断。", "离家三干里，音信全断。", "numeral"),
    "四 read as 回": ("请看第四章的说明。", "请看第回章的说明。", "numeral"),
    "a numeral with a comma lost before it": ("来了客人，三个是同学。", "来了客人五个是同学。", "numeral"),
    "不 put in": ("代理人应当出席会议。", "代理人不应当出席会议。", "negation"),
    "不得 for 得": ("任何人不得进入现场。", "任何人得进入现场。", "negation"),
    "未 put in": ("设备经批准使用。", "设备未经批准使用。", "negation"),
    "没有 for 有": ("他没有收到那封信。", "他有收到那封信。", "negation"),
    "非 put in": ("这是公开发行的股票。", "这是非公开发行的股票。", "negation"),
    "无需 for 需要": ("用户需要重新登录。", "用户无需重新登录。", "negation"),
    "勿 put in": ("请触摸展品。", "请勿触摸展品。", "negation"),
    "有 against 无": ("被告人有责任赔偿损失。", "被告人无责任赔偿损失。", "have-none"),
    "无权 for 有权": ("股东有权查阅账簿。", "股东无权查阅账簿。", "have-none"),
    "无限 for 有限": ("公司承担有限责任。", "公司承担无限责任。", "have-none"),
    "选举 against 罢免": ("代表大会选举主任一名。", "代表大会罢免主任一名。", "antonym"),
    "授予 against 撤销": ("学校决定授予他学位。", "学校决定撤销他学位。", "antonym"),
    "以上 against 以下": ("身高一米二以上的儿童须购票。", "身高一米二以下的儿童须购票。", "antonym"),
    "以前 against 以后": ("毕业以前要完成论文。", "毕业以后要完成论文。", "antonym"),
    "上午 against 下午": ("会议改在上午举行。", "会议改在下午举行。", "antonym"),
    "左 against 右": ("出门向左拐就是邮局。", "出门向右拐就是邮局。", "antonym"),
    "买入 against 卖出": ("他在高点买入股票。", "他在高点卖出股票。", "antonym"),
    "同步 against 异步": ("这里采用同步调用。", "这里采用异步调用。", "antonym"),
    "原告 against 被告": ("诉讼费由原告负担。", "诉讼费由被告负担。", "antonym"),
    "哥哥 against 弟弟": ("哥哥把伞让给了她。", "弟弟把伞让给了她。", "antonym"),
    "大 against 小": ("这件衣服太大了。", "这件衣服太小了。", "antonym"),
    "one city for another": ("仲裁地点为济南，适用中国法律。", "仲裁地点为郑州，适用中国法律。", "name"),
    "四川 is no number": ("他祖籍四川，现居国外。", "他祖籍浙江，现居国外。", "name"),
    "无锡 is no denial": ("货物从无锡运出。", "货物从苏州运出。", "name"),
    "非洲 is no denial": ("考察队去了非洲。", "考察队去了欧洲。", "name"),
    "八戒 is no number": ("八戒挑着担子走在后面。", "沙僧挑着担子走在后面。", "name"),
    "a ministry for another": ("本办法由财政部解释。", "本办法由教育部解释。", "name"),
    "a person for another": ("曹操连夜带兵出城。", "刘备连夜带兵出城。", "name"),
    "a line of a page converted throughout": (
        "今天各村收割小麦，大家都忙得很。\n" * 3 + "国家图书馆开放时间为周一至周六，读者凭证进馆。\n",
        "今天各村收割小麦，大家都忙得很。\n" * 3 + "國家圖書館開放時間為週一至週六，讀者憑證進館。\n",
        "translation",
    ),
    "a hyphen that opens an item": ("带好雨具。\n水壶自备。", "带好雨具。\n- 水壶自备。", "mark"),
    "a Latin product name": ("缓存使用Redis实现。", "缓存使用MySQL实现。", "name"),
    "a Latin name of another length": ("后端用 Go 语言编写。", "后端用 Python 语言编写。", "name"),
    "a province for a city": ("由省人民政府批准。", "由市人民政府批准。", "name"),
    "a method between backticks": ("调用 `getName` 方法获取结果。", "调用 `setName` 方法获取结果。", "identifier"),
    "one letter between backticks": ("变量 `user_id` 存放编号。", "变量 `user_ip` 存放编号。", "identifier"),
    "a lower camel word": ("参数 maxSize 控制容量。", "参数 minSize 控制容量。", "identifier"),
    "a snake word": ("读取 page_no 字段。", "读取 page_on 字段。", "identifier"),
    "a class path": ("导入 java.util.List 即可。", "导入 java.util.Set 即可。", "identifier"),
    "an option": ("加上 --force 参数再试。", "加上 --quiet 参数再试。", "identifier"),
    "the case of an identifier": ("字段 userName 不能为空。", "字段 username 不能为空。", "identifier"),
    "a link": ("详见 https://example.org/a1 的说明。", "详见 https://example.org/a2 的说明。", "link"),
    "a Markdown link target": ("见[说明](./guide/one.md)一节。", "见[说明](./guide/two.md)一节。", "link"),
    "a mail address": ("请写信到 wang@example.org 报名。", "请写信到 wei@example.org 报名。", "link"),
    "one word for another": ("申请经营许可需提交材料。", "申请购买许可需提交材料。", "word"),
    "one character of a word": ("截断一根手指的，构成重伤。", "截断一根足趾的，构成重伤。", "word"),
    "a word put in": ("进口货物应当申报。", "进口或者出口货物应当申报。", "word"),
    "该 for 新": ("送检该兽药样品三份。", "送检新兽药样品三份。", "word"),
    "过半数 for 半数以上": ("须经半数以上代表同意。", "须经过半数的代表同意。", "word"),
    "折 against 拆, both words": ("她在灯下折了一封信。", "她在灯下拆了一封信。", "word"),
    "住 against 往, both words": ("那几年他住南京，靠写信过活。", "那几年他往南京，靠写信过活。", "word"),
    "a minus in full width": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为－6℃，注意防冻。", "sign"),
    "a dash for a minus": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为—6℃，注意防冻。", "sign"),
    "an en dash for a minus": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为–6℃，注意防冻。", "sign"),
    "a small minus": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为﹣6℃，注意防冻。", "sign"),
    "a minus in half width": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为-6℃，注意防冻。", "number"),
    "plus or minus": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为±6℃，注意防冻。", "number"),
    "a point before a number": ("渗漏量为5升，继续观察。", "渗漏量为．5升，继续观察。", "sign"),
    "a sign behind a letter": ("她的血型是Rh，请核对。", "她的血型是Rh-，请核对。", "sign"),
    "a grade": ("手工课评定为B，请家长签字。", "手工课评定为B+，请家长签字。", "sign"),
    "a language": ("这门课用C+讲授，每周两次。", "这门课用C++讲授，每周两次。", "sign"),
    "counted plus signs": ("尿蛋白为+，其余正常。", "尿蛋白为+++，其余正常。", "sign"),
    "counted plus signs in brackets": ("尿蛋白（＋），其余正常。", "尿蛋白（＋＋），其余正常。", "sign"),
    "counted arrows": ("白细胞↑，其余正常。", "白细胞↑↑，其余正常。", "sign"),
    "a cross": ("第一项为，其余合格。", "第一项为✗，其余合格。", "sign"),
    "stars at the beginning": ("★★★★ 这家馆子汤头很鲜。", "★★ 这家馆子汤头很鲜。", "sign"),
    "a star inside": ("评为★级馆子已有多年。", "评为★★级馆子已有多年。", "sign"),
    "prices in signs": ("￥￥￥ 临街铺面带小院。", "￥ 临街铺面带小院。", "sign"),
    "a sum in another unit": ("每人补助100元，当面核对。", "每人补助100万元，当面核对。", "amount"),
    "a counted minus": ("潮气试验（－），其余各项都好。", "潮气试验（－－），其余各项都好。", "sign"),
    "a counted hyphen": ("潮气试验（-），其余各项都好。", "潮气试验（--），其余各项都好。", "sign"),
    "a counted dot": ("木纹的等第为（・），可以上漆。", "木纹的等第为（・・），可以上漆。", "sign"),
    "some more than ten": ("他买几斤橘子回家。", "他买十几斤橘子回家。", "amount"),
    "several tens": ("他等几个同学回家。", "他等十几个同学回家。", "numeral"),
    "a dozen for a box": ("这批铅笔订了三打，月底送到。", "这批铅笔订了三箱，月底送到。", "unit"),
    "a running metre for a square one": ("栏杆的油漆按每平方米结账。", "栏杆的油漆按每延米结账。", "unit"),
    "every ton for every pound": ("煤的运费按每吨结账。", "煤的运费按每斤结账。", "unit"),
    "another mile": ("全程20公里，分两天走完。", "全程20英里，分两天走完。", "unit"),
    "metres for centimetres": ("板长3米，请先量好。", "板长3厘米，请先量好。", "unit"),
    "a unit behind a Chinese numeral": ("门宽两尺，高七尺。", "门宽两寸，高七尺。", "unit"),
    "grams for milligrams": ("每次服用5mg，饭后用水送下。", "每次服用5g，饭后用水送下。", "unit"),
    "per mille": ("税率为3%，按季缴纳。", "税率为3‰，按季缴纳。", "amount"),
    "a minus in words": ("今夜库房的温度为6℃，注意防冻。", "今夜库房的温度为负6℃，注意防冻。", "sign"),
    "what compares": ("误差<5的才算合格。", "误差>5的才算合格。", "sign"),
    "a rating in dots": ("口味：●●●○，价钱公道。", "口味：●●○○，价钱公道。", "sign"),
    "one dot more": ("口味：●●●，价钱公道。", "口味：●●，价钱公道。", "sign"),
    "a box that is ticked": ("- [x] 检查锅炉水位", "- [ ] 检查锅炉水位", "sign"),
    "a comma in a clause of two": ("若是无鸡，无鸭，有鱼也可以。", "若是无鸡，无鸭有鱼也可以。", "moved-mark"),
    "two names that print alike": ("今天，王明带队出发。", "今天，王朋带队出发。", "word"),
    "two names behind an office": ("会议由主任王清主持。", "会议由主任王静主持。", "word"),
    "two names of three characters": ("记录人为李晓明，以下同。", "记录人为李晓朋，以下同。", "word"),
    "a comma that moved": ("不得进入，网吧经营者应当劝阻。", "不得进入网吧，经营者应当劝阻。", "moved-mark"),
    "a comma that moved by one character": ("过路人等，不得停留。", "过路人，等不得停留。", "moved-mark"),
    "a comma behind 不": ("掌柜对他说不，要接着干下去。", "掌柜对他说不要接着干下去。", "moved-mark"),
    "a comma before 不": ("过路人等，不得停留。", "过路人等不得停留。", "moved-mark"),
    "a stop that moved": ("他来了。昨天我没见着。", "他来了昨天。我没见着。", "moved-mark"),
    "a blank between two words": ("Then maybe he came home.", "Then may be he came home.", "word"),
    "a blank between two numbers": ("座位号为 12 35，请勿调换。", "座位号为 1235，请勿调换。", "number"),
    "a salutation": ("孙立同学：请于周一到校。", "周敏同学：请于周一到校。", "word"),
    "a number at the end": ("特此通知。\n编号：0001", "特此通知。\n编号：0002", "number"),
    "a date at the end": ("特此通知。\n2024年3月1日", "特此通知。\n2024年3月11日", "date"),
    "a chapter number": ("一、值守人员应当按时到岗。", "二、值守人员应当按时到岗。", "numeral"),
    "a class in a path of names": ("导入 java.io.Reader 即可。", "导入 java.io.Writer 即可。", "identifier"),
    "买 against 卖": ("他去集市上买马。", "他去集市上卖马。", "antonym"),
    "a question for a statement": ("他明天回来。", "他明天回来？", "mark"),
    "an exclamation for a statement": ("他明天回来。", "他明天回来！", "mark"),
    "quotes around a word": ("所谓专家的意见不可信。", "所谓“专家”的意见不可信。", "mark"),
    "stars around a word": ("这里要特别小心火烛。", "这里要**特别小心**火烛。", "mark"),
    "a list item closed with a full stop": ("（二）拒绝接受检查；", "（二）拒绝接受检查。", "mark"),
    "a bracket in code": ("返回 list[0] 的值。", "返回 list(0) 的值。", "mark"),
    "a passage converted throughout": (
        "国家图书馆开放时间为周一至周六，读者凭证进馆。",
        "國家圖書館開放時間為週一至週六，讀者憑證進館。",
        "translation",
    ),
}

GUARDED = {
    *("number", "numeral", "date", "amount", "unit", "sign", "negation", "have-none", "identifier", "link"),
    *("translation", "moved-mark"),
}

EQUAL = {
    "spaces between characters": ("他推开门，走了进去。", "他推 开门，走　了进去。"),
    "another wrap": ("他推开门，走了进去。", "他推开门，\n走了进去。"),
    "zero-width characters": ("他推开门，走了进去。", "他推\u200b开门，走\ufeff了进去。"),
    "another indent": ("他推开门，走了进去。", "　　他推开门，走了进去。"),
    "a wrap between two Latin words": ("He came home late.", "He came\n  home late."),
    "a blank between Chinese and Latin": ("用 Go 写成的工具。", "用Go写成的工具。"),
    "a blank between a letter and a number": ("第 3 版 Python 3 教程。", "第3版Python3教程。"),
}

#: Five sentences of a page, so that one that is missing leaves two thirds.
PAGE = (
    "石匠们天不亮就上了山，把凿子和铁锤装在竹篓里。",
    "采石场在山的背面，路只有一尺来宽，走惯的人也要扶着岩壁。",
    "大块的石料用绳子放下去，由河边的人接住，再装上木船。",
    "账房先生坐在棚子里，一块一块地记数。",
    "到了傍晚，船队顺流而下，灯火一直亮到镇口。",
)
FULL = "".join(PAGE[:3]) + "\n\n" + "".join(PAGE[3:])


def without(*numbers: int) -> str:
    """Give the page without some of its sentences."""
    return FULL if not numbers else without(*numbers[1:]).replace(PAGE[numbers[0]], "")


CONTAINED = {
    "a whole sentence at the end": (FULL, FULL + "第二天又是一样。", "cut-end"),
    "a whole sentence in the middle": (without(2), FULL, "missing-sentence"),
    "a sentence with numbers": (without(1), FULL, "missing-sentence"),
    "two sentences": (without(0, 2), FULL + "就这样过了整整一个夏天，谁也没有叫过苦。", "missing-sentence"),
    "a short sentence with a number": (FULL, FULL.replace(PAGE[3], "棚子搭了4间。" + PAGE[3]), "missing-sentence"),
    "a sentence with a denial": (FULL, FULL.replace(PAGE[3], PAGE[3] + "路上不许说话。"), "missing-sentence"),
    "a sentence with an exception": (
        FULL,
        FULL.replace(PAGE[3], PAGE[3] + "但是下雨的日子除外。"),
        "missing-sentence",
    ),
    "a paragraph": (FULL, FULL.replace("\n\n", "\n\n歇晌的时候，大家围着水缸喝凉茶。\n\n"), "missing-sentence"),
    "a list item": (
        f"# 工具\n\n{FULL}\n\n- 铁锤\n- 竹篓\n\n用完放回原处。",
        f"# 工具\n\n{FULL}\n\n- 铁锤\n- 凿子\n- 竹篓\n\n用完放回原处。",
        "missing-sentence",
    ),
    "the first sentence of an item": (f"- {without(0)}", f"- {FULL}", "missing-sentence"),
    "the first sentence of a numbered item": (f"12. {without(0)}", f"12. {FULL}", "missing-sentence"),
    "the end, in mid-sentence": (FULL[:-30], FULL, "cut-end"),
    "the end of a paste of which half is there": (FULL[: len(FULL) // 2], FULL, "cut-end"),
    "the beginning, in mid-sentence": (FULL[30:], FULL, "cut-end"),
    "a filler": (FULL, FULL.replace("账房", "其实账房"), "inserted-words"),
    "a manner": (FULL, FULL.replace("坐在", "安静地坐在"), "inserted-words"),
    "an attribute": (FULL, FULL.replace("木船", "新造的木船"), "inserted-words"),
    "a clause": (FULL, FULL.replace("由河边的人接住，", "由河边的人接住，先过了秤，"), "inserted-words"),
    "a clause at the beginning": (FULL, FULL.replace("大块的", "趁着晴天，大块的"), "inserted-words"),
    "two attributes": (FULL, FULL.replace("木船", "新造的木船").replace("石料", "青色的石料"), "inserted-words"),
    "an item": (FULL, FULL.replace("凿子和", "墨斗、凿子和"), "inserted-words"),
    "the last characters": (FULL[:-3], FULL, "cut-end"),
    "the end, inside a word": (FULL[:-2], FULL, "cut-end"),
    "a sentence among noise": (without(2).replace("，", ",", 2).replace("已", "己"), FULL, "missing-sentence"),
    "a sentence beside a misreading": (without(3).replace("木船。", "术船。"), FULL, "missing-sentence"),
    "a line between Latin words": (
        FULL + "\nby Tom\nof London\n" + PAGE[0],
        FULL + "\nby Tom\n铁匠铺里的火一夜没有熄过。\nof London\n" + PAGE[0],
        "missing-sentence",
    ),
    "a sentence beside a lost mark": (without(2).replace("岩壁。", "岩壁"), FULL, "missing-sentence"),
    "a sentence beside a doubled mark": (without(2).replace("岩壁。", "岩壁。。"), FULL, "missing-sentence"),
    "the end, with a misreading": (FULL.replace("天不亮", "夭不亮")[:-30], FULL, "cut-end"),
}

#: What one copy has more, and yet is another text: (one copy, the other copy, guarded)
NOT_CONTAINED = {
    "a signature": (FULL, FULL + "\n\n采石场管理处", False),
    "a date": (FULL, FULL + "\n\n2024年3月1日", True),
    "a date with a stop": (FULL, FULL.replace(PAGE[3], "7月15日。" + PAGE[3]), True),
    "a number": (FULL, FULL + "\n编号：0002", True),
    "a salutation": (FULL, "孙立同学：\n" + FULL, False),
    "a heading": (FULL, FULL.replace("\n\n", "\n\n## 傍晚\n\n"), False),
    "an edit of the last words": (FULL + "\n会议决定：同意", FULL + "\n会议决定：同意缓办", False),
    "a sum at the end": (FULL + "\n金额100", FULL + "\n金额100万元", True),
    "a denial at the beginning": ("得" + FULL, "不得" + FULL, True),
    "a word that limits": (FULL.replace("石匠们", "部分石匠"), FULL.replace("石匠们", "石匠"), False),
    "仅": (FULL, FULL.replace("用绳子", "仅用绳子"), False),
    "可以": (FULL, FULL.replace("用绳子", "可以用绳子"), False),
    "一般": (FULL, FULL.replace("用绳子", "一般用绳子"), False),
    "an office": (FULL, FULL.replace("账房先生", "代理账房先生"), False),
    "a lone character": (FULL, FULL.replace("账房先生", "老账房先生"), False),
    "a place": (FULL, FULL.replace("采石场在", "采石场在苏州附近，在"), False),
    "a condition": (FULL, FULL.replace("由河边的人接住，", "如果风小，由河边的人接住，"), False),
    "an approval": (FULL, FULL.replace("由河边的人接住，", "经管事批准后，由河边的人接住，"), False),
    "more than stands before it": (FULL[1:], FULL[1:].replace("匠们", "匠们照着老规矩", 1), False),
    "words typed twice": (FULL, FULL.replace("用绳子放下去", "用绳子用绳子放下去"), False),
    "another day": (FULL, FULL.replace("到了傍晚", "到了第二天傍晚"), True),
    "the last words of a line": (
        FULL.replace("，再装上木船。", ""),
        FULL.replace("，再装上木船。", "放好"),
        False,
    ),
    "a clause with a label": (FULL, FULL.replace("由河边的人接住，", "办法：由河边的人接住，"), False),
    "a number inside": (FULL, FULL.replace("由河边的人", "由河边的三个人"), True),
    "additions on both sides": (without(2), without(4), False),
    "more than a third": (PAGE[0] + PAGE[4], FULL, True),
    "three words inside": (
        FULL,
        FULL.replace("坐在", "静静地坐在").replace("记数", "认真地记数").replace("顺流", "缓缓地顺流"),
        False,
    ),
}

#: (the worse copy, the better copy)
CLEANER = {
    "a misreading": ("任务己经完成。", "任务已经完成。"),
    "half-width marks": ("天亮了,他醒了.", "天亮了，他醒了。"),
    "a lone traditional character": ("这家書店开在学校对面。", "这家书店开在学校对面。"),
    "a lone simplified character": ("圖書館週末開门，讀者請進。", "圖書館週末開門，讀者請進。"),
    "dirt": ("列车准时■到达终点站。", "列车准时到达终点站。"),
    "a doubled mark": ("夜深了，，很静。", "夜深了，很静。"),
    "a dropped mark": ("吃过早饭他们就上路了。", "吃过早饭，他们就上路了。"),
    "blanks between characters": ("他推 开门，走 了进去。", "他推开门，走了进去。"),
    "zero-width characters": ("他推\u200b开门，走了进去。", "他推开门，走了进去。"),
    "the shorter copy": (FULL[:-20], FULL),
    "Kangxi radicals": ("⼭里的⼈家都起得很早。", "山里的人家都起得很早。"),
    "a compatibility ideograph": ("他是個快樂的老人。".replace("樂", "\uf914"), "他是個快樂的老人。"),
    "徙 for 徒 in a place nobody counted": ("那天囚徙逃走了。", "那天囚徒逃走了。"),
    "巳 for 已": ("贷款巳结清。", "贷款已结清。"),
    "曰 behind a number": ("会期为6月12曰。", "会期为6月12日。"),
    "日 before a colon and a quote": ("燕王日：“此言极是。”", "燕王曰：“此言极是。”"),
    "夭 for 天": ("走上整整一夭，就到了那个镇子。", "走上整整一天，就到了那个镇子。"),
    "末 for 未": ("旧账尚末结清。", "旧账尚未结清。"),
}


@pytest.mark.parametrize(("one", "other", "kind"), NOISE.values(), ids=NOISE.keys())
def test_noise(one: str, other: str, kind: str) -> None:
    for removed, kept in ((one, other), (other, one)):
        comparison = compare(removed, kept)
        assert comparison.likeness == "noise"
        assert not comparison.guarded
        assert kind in {d.kind for d in comparison.differences} <= set(CLASSES)


@pytest.mark.parametrize(("one", "other", "kind"), MEANING.values(), ids=MEANING.keys())
def test_meaning(one: str, other: str, kind: str) -> None:
    for removed, kept in ((one, other), (other, one)):
        comparison = compare(removed, kept)
        assert comparison.likeness == "meaning"
        assert kind in {d.kind for d in comparison.differences} <= set(CLASSES)
        assert comparison.guarded == (kind in GUARDED)


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL.keys())
def test_white_space_is_no_difference(one: str, other: str) -> None:
    comparison = compare(one, other)
    assert (comparison.likeness, comparison.differences, comparison.score) == ("exact", (), 1.0)


@pytest.mark.parametrize(("shorter", "fuller", "kind"), CONTAINED.values(), ids=CONTAINED.keys())
def test_contained(shorter: str, fuller: str, kind: str) -> None:
    forth, back = compare(shorter, fuller), compare(fuller, shorter)
    assert (forth.likeness, forth.guarded, forth.better) == ("contained", False, "kept")
    assert (back.likeness, back.guarded, back.better) == ("contained", False, "removed")
    assert kind in {d.kind for d in forth.differences} <= set(CLASSES)


@pytest.mark.parametrize(("one", "other", "guarded"), NOT_CONTAINED.values(), ids=NOT_CONTAINED.keys())
def test_an_addition_that_changes_the_text_is_meaning(one: str, other: str, guarded: bool) -> None:
    for comparison in (compare(one, other), compare(other, one)):
        assert (comparison.likeness, comparison.guarded) == ("meaning", guarded)


@pytest.mark.parametrize(("worse", "better"), CLEANER.values(), ids=CLEANER.keys())
def test_the_cleaner_copy(worse: str, better: str) -> None:
    assert compare(worse, better).better == "kept"
    assert compare(better, worse).better == "removed"


def test_a_missing_clause_is_told_from_mark_to_mark() -> None:
    whole = "船工先看水色，看准了才下篙，看完水色还要看云。"
    (difference,) = compare(whole.replace("看准了才下篙，", ""), whole).differences
    assert (difference.removed, difference.kept) == ("", "看准了才下篙，")


def test_equal_copies_have_no_cleaner_one() -> None:
    assert compare("天亮了。", "天亮了。").better is None


def test_differences_name_whole_words() -> None:
    pairs = {
        ("该建筑落成于1998年。", "该建筑落成于1999年。"): ("1998", "1999"),
        ("后端用 Go 编写。", "后端用 Python 编写。"): ("Go", "Python"),
        ("单位犯前款罪的。", "单位犯前两款罪的。"): ("款", "两款"),
        ("大会选举主任。", "大会罢免主任。"): ("选举", "罢免"),
    }
    for (removed, kept), words in pairs.items():
        (difference,) = compare(removed, kept).differences
        assert (difference.removed, difference.kept) == words


def test_a_number_at_the_end_of_one_text_has_no_unit() -> None:
    assert compare("他们每年各领三", "他们每年各领三箱").likeness in ("meaning", "contained")


def test_a_name_among_noise_stays_unguarded() -> None:
    comparison = compare("昔曰曹操,连夜带兵出城。", "昔日刘备，连夜带兵出城。")
    assert (comparison.likeness, comparison.guarded) == ("meaning", False)


def test_a_number_among_noise_stays_guarded() -> None:
    comparison = compare("昔曰来了三个人,都是军士。", "昔日来了五个人，都是军士。")
    assert (comparison.likeness, comparison.guarded) == ("meaning", True)


def test_one_character_more_in_a_long_text_is_the_only_difference() -> None:
    text = "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(60_000))
    assert len(compare(text, f"{text[:30_000]}，{text[30_000:]}").differences) == 1


# ---------------------------------------------------------------- any passage

SENTENCES = st.lists(
    st.sampled_from(
        [
            "老人坐在河边的石头上",
            "孩子们跑过长长的木桥",
            "客人带来了远方的消息",
            "工人正在修理漏水的屋顶",
            "图书馆的灯光亮到深夜",
            "船慢慢靠近了码头",
            "山上的雪还没有化",
            "他打开窗户看了看天色",
            "市场里挤满了买菜的人",
            "火车穿过一片麦田",
        ]
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


@st.composite
def passages(draw: st.DrawFn) -> str:
    return "，".join(draw(SENTENCES)) + "。"


@st.composite
def noisy_copies(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(passages())
    copy = text
    steps = st.lists(st.sampled_from(["width", "space", "stray", "doubled", "dropped"]), min_size=1, max_size=3)
    # Marks are dropped last: a stray sign in the place of a mark is one sign replaced by another.
    for step in sorted(draw(steps), key=lambda step: step == "dropped"):
        comma = copy.find("，")
        at = draw(st.integers(1, 8))
        if step == "width":
            copy = copy.replace("，", ",", 1)
        elif step == "space":
            copy = copy[:at] + draw(st.sampled_from([" ", "\u3000", "\u200b", "\n"])) + copy[at:]
        elif step == "stray" and all("\u4e00" <= c <= "\u9fff" for c in copy[at - 1 : at + 1]):
            copy = copy[:at] + draw(st.sampled_from("■~^·")) + copy[at:]
        elif step == "doubled" and comma >= 0:
            copy = copy[:comma] + "，" + copy[comma:]
        elif step == "dropped" and comma >= 0:
            copy = copy[:comma] + copy[comma + 1 :]
    return text, copy


@given(noisy_copies())
@budget(150)
def test_planted_noise_is_noise(pair: tuple[str, str]) -> None:
    text, copy = pair
    assert compare(copy, text).likeness in ("noise", "exact")
    assert compare(copy, text).better != "removed"


@given(passages(), st.integers(1, 9), st.integers(1, 9), st.integers(0, 60), st.sampled_from("年个页元人"))
@budget(150)
def test_a_planted_digit_is_guarded(text: str, one: int, other: int, at: int, unit: str) -> None:
    place = at % len(text)
    first, second = (f"{text[:place]}{digit}{unit}{text[place:]}" for digit in (one, other))
    comparison = compare(first, second)
    assert comparison.guarded == (one != other)
    assert (comparison.likeness == "exact") == (one == other)


ALPHABET = st.text(alphabet="天夭大太不未有无三千干，。、ab1 己已國国“”", max_size=25)


@given(ALPHABET, ALPHABET)
@budget(400)
def test_the_order_of_the_copies_does_not_matter(one: str, other: str) -> None:
    forth, back = compare(one, other), compare(other, one)
    assert (forth.likeness, forth.guarded, forth.score) == (back.likeness, back.guarded, back.score)
    assert [(d.removed, d.kept, d.kind) for d in forth.differences] == [
        (d.kept, d.removed, d.kind) for d in back.differences
    ]
    assert (forth.better, back.better) in ((None, None), ("removed", "kept"), ("kept", "removed"))


@given(ALPHABET)
@budget(50)
def test_a_passage_equals_itself(text: str) -> None:
    assert compare(text, text).likeness == "exact"


def test_a_word_that_shares_a_character_with_another_is_one_difference() -> None:
    (told,) = compare("今夜有雨，外出请携带雨具。", "今夜有雨，出门请携带雨具。").differences
    assert (told.removed, told.kept, told.kind) == ("外出", "出门", "word")
