package secrecy

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words/names.txt
var nameWords string

// pairSet is a set of pairs of characters, open-addressed.
type pairSet struct {
	keys  []uint32
	shift uint
}

func newPairSet(n int) *pairSet {
	size, shift := 16, uint(28)
	for size < 2*n {
		size, shift = size*2, shift-1
	}
	return &pairSet{make([]uint32, size), shift}
}

func (p *pairSet) add(a, b rune) {
	key := uint32(a)<<16 | uint32(b)
	for i := key * 0x9E3779B1 >> p.shift; ; i = (i + 1) & uint32(len(p.keys)-1) {
		if p.keys[i] == key {
			return
		}
		if p.keys[i] == 0 {
			p.keys[i] = key
			return
		}
	}
}

func (p *pairSet) has(a, b uint16) bool {
	key := uint32(a)<<16 | uint32(b)
	for i := key * 0x9E3779B1 >> p.shift; ; i = (i + 1) & uint32(len(p.keys)-1) {
		if p.keys[i] == key {
			return true
		}
		if p.keys[i] == 0 {
			return false
		}
	}
}

// lexicon tells names from words.
type lexicon struct {
	surname  map[uint16]bool
	compound *pairSet
	pairs    []string      // the compound surnames
	given    [1 << 16]int8 // 0-9; -1 = never seen in a name
	begin    *pairSet      // words that begin with a surname
	end      *pairSet      // words that end with one
	word     *pairSet      // common words
	long     map[uint16][][]uint16
}

var names = sync.OnceValue(func() *lexicon {
	l := &lexicon{surname: map[uint16]bool{}, compound: newPairSet(100), begin: newPairSet(22000), end: newPairSet(11000), word: newPairSet(40000), long: map[uint16][][]uint16{}}
	for i := range l.given {
		l.given[i] = -1
	}
	section := ""
	for line := range strings.Lines(nameWords) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			section = line
			continue
		}
		first, n := utf8.DecodeRuneInString(line)
		switch section {
		case "[surnames]":
			for _, r := range line {
				l.surname[uint16(r)] = true
			}
		case "[compound]":
			for _, w := range strings.Fields(line) {
				r := []rune(w)
				l.compound.add(r[0], r[1])
				l.pairs = append(l.pairs, w)
			}
		case "[given]":
			for _, r := range line[2:] {
				l.given[uint16(r)] = int8(line[0] - '0')
			}
		case "[begin]":
			for _, r := range line[n:] {
				l.begin.add(first, r)
			}
		case "[end]":
			for _, r := range line[n:] {
				l.end.add(r, first)
			}
		case "[word]":
			for _, r := range line[n:] {
				l.word.add(first, r)
			}
		case "[long]":
			for _, w := range strings.Fields(line) {
				r, _ := utf8.DecodeRuneInString(w)
				l.long[uint16(r)] = append(l.long[uint16(r)], unitsOf(w))
			}
		}
	}
	return l
})

// nameCues stand right before a name. A role other than Private is given after =.
var nameCues = strings.Fields(`
姓名 名字 曾用名 申请人 被申请人 申请人姓名 申报人 当事人 信访人 来信人 来访人 上访人 反映人 举报人 投诉人 检举人 控告人 被举报人 被投诉人 报案人 报警人
户名 户主 账户名 开户人 开户名 持卡人 收款人 付款人 汇款人 代领人 领取人 领款人 签收人 收件人 寄件人 收货人 发件人 经手人 受益人 受助人 救助对象 补助对象 保障对象
法定代表人 法人代表 法人 代表人 法定代理人 委托代理人 诉讼代理人 代理人 委托人 受托人 被委托人 监护人 被监护人 抚养人 扶养人 赡养人 被继承人 继承人 遗嘱人
经营者 经营人 业主 店主 房主 房东 租客 租户 承租人 出租人 买受人 出卖人 买方 卖方 转让人 受让人 抵押人 产权人 所有权人 权利人 使用权人 承包人 承包户 发包人 被征收人 被拆迁人 被征地人
联系人 政审联系人=official 紧急联系人 经办人=official 承办人=official 办案人员=official 执法人员=official 审核人=official 签发人=official 主持人=official 记录人=official 复核人=official 制表人=official 填表人 填报人=official 责任人 负责人 直接责任人 主要负责人 责任编辑=official 审判长=official 审判员=official 书记员=official 陪审员=official 主办人=official 校对=official 编辑=official 记者=official
原告 被告 被告人 原告人 上诉人 被上诉人 第三人 再审申请人 异议人 申诉人 被申诉人 公诉人=official 辩护人 自诉人 罪犯 犯罪嫌疑人 嫌疑人 被执行人 申请执行人 被处罚人 受处罚人 违法行为人 违法人 行为人 相对人 行政相对人 被询问人 询问人=official 被调查人 调查人=official 被审查人 违法当事人 肇事者
证人 见证人 目击者 目击证人 鉴定人 受害人 被害人 受害者 遇难者 死者 伤者 伤员 死亡人员 患者 病人 病患 就诊人 产妇 被保险人 投保人 参保人 参保人员 退休人员 缴费人 纳税人 失踪人员 走失人员 溺水者 获救者 遇害人 罹难者
肇事司机 司机 驾驶人 驾驶员 驾车人 车主 乘客 乘车人 船主 船员 行人 骑车人 押运员 机动车所有人
学生 学生姓名 考生 考生姓名 新生 毕业生 应届生 家长 家长姓名 研究生 本科生 学员 学童 幼儿 儿童 婴儿 孤儿 留守儿童 少年 女童 男童 教师 老师 班主任 辅导员 校长=official 园长=official 教授=official
父亲 母亲 父 母 配偶 妻子 丈夫 妻 夫 儿子 女儿 长子 次子 三子 长女 次女 独子 独女 养子 养女 弟弟 哥哥 姐姐 妹妹 其父 其母 其妻 其夫 其子 其女 其兄 其弟 爷爷 奶奶 外公 外婆 孙子 孙女 女婿 儿媳 家属 亲属 近亲属 遗属 遗孀 岳父 岳母 公公 婆婆 叔叔 同胞 户内成员 家庭成员 共同居住人 同住人 之子 之女 之妻 之夫 之父 之母
村民 居民 市民 群众 农民 农户 贫困户 脱贫户 低保户 特困户 五保户 住户 村民代表 职工 员工 工人 农民工 民工 保安 保洁员 护工 社工 网格员 志愿者 网民 网友 公民 男子 女子 男 女 老人 老年人 残疾人 退役军人 烈士 烈属 复员军人 军人 战士 民警 辅警 消防员 医生 医师 护士 香港居民 澳门居民 台湾居民 台胞 港胞 侨胞 华侨 外籍人员 随员 团员 团长 领队 出访人员 因公出国人员 出国人员 出境人员 驻军人员 现役军人 义务兵 新兵
拟录用人员 拟录用 拟聘用人员 拟聘人员 拟任人选 拟任人员 拟提拔 录用人员 聘用人员 公示对象 公示人员 入围人员 面试人员 递补人员 参会人员 出席人员 与会人员 参加人员 获奖者 获奖人 获奖人员 中签人 中奖人 摇号人 候选人 推荐人选 推荐人 被推荐人 介绍人 担保人 保证人 借款人 贷款人 出借人 债务人 债权人 应聘人 应聘者 求职者 求助人 捐赠人 捐款人 捐献者 发明人 设计人 作者 著作权人 编者 译者 专家 评审专家 评委 组长=official 副组长=official 组员 成员 会员 党员 预备党员 入党积极分子 团干部 新任 免去 任命 委任 聘任 表彰 授予
办公室主任=official 主任=official 副主任=official 局长=official 副局长=official 厅长=official 副厅长=official 处长=official 副处长=official 科长=official 副科长=official 股长=official 所长=official 副所长=official 站长=official 队长=official 副队长=official 大队长=official 支队长=official 市长=official 副市长=official 县长=official 副县长=official 区长=official 副区长=official 镇长=official 副镇长=official 乡长=official 副乡长=official 书记=official 副书记=official 部长=official 副部长=official 院长=official 副院长=official 检察长=official 秘书长=official 副秘书长=official 主席=official 副主席=official 委员=official 科员=official 干部=official 调研员=official 总工程师=official 总经理 经理 董事长 董事 监事 股东 合伙人 实际控制人 会计 出纳 厂长 村主任=official 村支书=official 支书=official 会长 理事长 发言人=official
今借到 借到 爷爷 老人 住户 房客 因与 本院受理 追尾 看见 看到 检查人员 调查人员 执法人员 工作人员 陪同人员 赴台人员 转入 存入 汇入 打入 支付 退还 补偿 赔偿 甲方 乙方 丙方 丁方 男方 女方 患方 医方 买受方 出让方 士兵 退役士兵 邻居 兹证明 兹有 证明 现有 同意 批准 准予 请 查明 经查 证实 传唤 询问 讯问 抓获 逮捕 拘留 造成 致使 致 送达 通知 告知 责令 处罚 对当事人 收到 接到 由 请与 请联系 请找 与 向 和 及 以及 将 为 系 给 被 因 叫 名叫 名为 称 据 即 约谈 走访 慰问 看望 邀请 委托 授权 雇佣 安排 抽调 指派 聘请 联系 咨询 致电 姓名为 是 有 对 让 把 跟 同 认为 认定 显示 包括 其中 分别为 分别是 如下 另有 还有 包含 名单
申请者 受访者 受访人 当事人姓名 检查人 被检查人 陪同人 陪同人员 护理人 护理人员 医患 同乡 邻居 邻人 战友 同事 同学 雇主 雇员 佣工 工头 包工头 施工人 监理 监理员 技术员 安全员 项目经理 造价师 建造师 信用主体 失信人 被公示人 拟推荐 拟推荐人选 拟入党 发展对象 转正人员 拟转正 拟救助 拟补助 领证人 持证人 办证人 登记人 报名人 报名者 预约人 办理人 代办人 取件人 投递员 快递员 骑手 外卖员 放管人 房屋所有人 宅基地使用权人 承包方代表 户代表 受赠人 赠与人 遗赠人 立遗嘱人 出让人 竞买人 竞得人 得主 业主代表 中标人 老板 摊主 商户 个体户 个体工商户 养殖户 种植户 种粮大户 渔民 牧民 牧户 僧人 教民 少数民族 归侨 侨眷 侨民 港人 台商 客户 用户 储户 顾客 消费者 旅客 游客 房客 访客 来客 来人 本人 我叫 我是 笔名 别名 化名 小名 绰号 乳名 又名 原名 更名为 改名为`)

// weakCues come before much else than names: they need more support.
var weakCues = strings.Fields(`因与 追尾 看见 看到 转入 存入 汇入 打入 支付 退还 补偿 赔偿 请 证明 现有 同意 批准 准予 由 与 向 和 及 以及 将 为 系 给 被 因 叫 称 据 即 是 有 对 让 把 跟 同 致 父 母 妻 夫 男 女 请找 联系 通知 告知 责令 处罚 收到 接到 咨询 造成 致使 送达 认为 认定 显示 包括 其中 如下 另有 还有 包含 名单 领导 干部 成员 安排 委托 授权 法人 专家 群众 公民 职工 会员 党员 居民 村民 市民 农民 学生 教师 老师 家长 编辑 校对 老人 儿童 查明 经查 证实 为 表彰 授予 任命 免去 新任 记者 会计 监事 董事 股东 用户 客户 商户 老板 本人 邀请 慰问 走访 看望 组长 委员 书记 主席 主任 局长 院长 部长 站长 所长 队长 监理 少数民族 旅客 游客 即 顾客 消费者 责任 户主`)

// verbCues are weak cues that a colon does not make a label of.
var verbCues = strings.Fields(`因与 追尾 看见 看到 转入 存入 汇入 打入 支付 退还 补偿 赔偿 请 证明 现有 同意 批准 准予 由 与 向 和 及 以及 将 为 系 给 被 因 称 据 即 是 有 对 让 把 跟 同 致 通知 告知 责令 处罚 收到 接到 咨询 造成 致使 送达 认为 认定 显示 查明 经查 证实 表彰 授予 任命 免去 如下 另有 还有 包括 其中 安排 委托 授权 慰问 走访 看望 邀请 联系`)

// after stand right after a name.
var nameAfter = strings.Fields(`
同志 先生 女士 小姐 同学 老师 老人 大爷 大妈 大娘 阿姨 师傅 医生 教授 烈士 夫妇 夫妻 父子 母子 父女 母女 兄弟 姐妹 一家 一户 全家 户 本人
驾驶 驾车 骑行 酒后 醉酒 无证 持有 持证 陈述 供述 述称 称其 称 辩称 诉称 自称 表示 反映 来信 来访 来电 投诉 举报 信访 提出 申请 申报 申领 主张 认为 承认 签字 签名 捺印 签收 签署 报名 报考 应聘 入职 就读 就诊 住院 死亡 身亡 受伤 遇难 去世 病故 逝世 失踪 走失 溺亡
现住 家住 住 居住 现居 现年 年龄 性别 出生 生于 籍贯 户籍 毕业 系 为户主 之子 之女 之妻 之夫 之父 之母 的 的身份证 的手机 的电话 的住址 的银行 的账户 的账号 的户籍 的证件 的护照 的家属 的父 的母 的妻 的儿 的女 的申请 的车 的房 名下 所有 处 家 等人 等户 等同志 等名 等
电话 手机 身份证 证件 联系电话 联系方式 护照 学籍号 军官证 台胞证 回乡证 卡号 账号 社保 医保 港澳 通行证 居住证 住址 地址 邮箱 微信 银行卡 车牌 户口 户籍 编号
负责 主持 联系 担任 兼任 任 经办 承办 办理 领取 签发 审核 代领 代办 陪同 到场 在场 到 于 在 因 未 已 将 向 与 和 及 对 从 被 经 自 擅自 违法 违反 违规 涉嫌 拒不 拒绝 未按 未经 没有 非法 私自 多次 当场 不服 不慎 不在 并 不 均 也 曾 于当日 随后 后 是 为 有 所 给 把 用 以 通过 利用 伙同 指使 携带 赶到 随即 接走 诉称 上门 说 持 对 讲 写 找 捐 借 还 乘 坐 走 逃 骂 拿 买 卖 租 病 患 得 获 当 做 办 停 驾 签 交 付 查 无 负 占 欠 领 骑 开 撞 打 骂 承认 长期 偿还 预留 诉 诉称 答 问 请求 名 偿还 持股 列席 出席 陪 送 来 去 前往 承包 经营 购买 转账 缴纳 缴清 支付 拖欠 欠 收取 违章 建房 建造 搭建 砍伐 捕捞 饲养 殴打 辱骂 盗窃 诈骗 赌博 吸毒 起诉 上诉 撤诉 履行 符合 具备 享受 获得 荣获 取得 通过 考取 参加 参保 退休 离休 调任 当选 签订 结婚 离婚 再婚 生前 名字`)

// minority are the parts of names without a Chinese surname.
var minority = strings.Fields(`
卓玛 央金 扎西 次仁 达瓦 尼玛 丹增 旦增 旺堆 平措 格桑 拉姆 顿珠 多吉 多杰 白玛 索朗 索南 洛桑 德吉 巴桑 普布 边巴 仁青 仁钦 贡布 桑吉 才让 才旦 仓央 米玛 拉巴 加措 嘉措 曲珍 曲扎 强巴 罗布 云丹 嘎玛 噶玛 晋美 土登 阿旺 益西 江村 四郎 泽仁 登巴 邓珠 久美 拥忠 卓嘎 措姆 旺姆 旺杰 旺久 群培 群宗 仓决 玉珍 拥珍 巴珠 加央 尼珍 尼顿 赤列 赤来 觉安 格列 热巴 占堆 石曲 南杰 南卡 坚赞 坚参 金巴 朗杰 伦珠 曲吉 曲批 旺扎 旺青 旦巴 丹巴 更登 根敦 更桑 公保 官却 华旦 吉美 卡卓 看卓 拉毛 勒毛 万玛 项欠 夏吾 尕藏 周毛 仁曾 仁增 白姆 斯曲 曲宗 曲尼 桑珠 桑杰 索昂 松吉 昂旺 阿吾 巴登
巴特尔 巴图 巴雅尔 苏和 其其格 乌云 娜仁 高娃 斯琴 格日勒 阿古拉 图雅 敖日格乐 呼和 宝音 朝鲁 那仁 朝克图 孟和 毕力格 哈斯 额尔敦 额尔德尼 苏日 苏日娜 萨仁 萨日娜 塔娜 乌兰 乌日娜 布和 布赫 达来 达林 特木尔 铁木尔 牧仁 吉日嘎拉 吉雅 阿拉坦 阿木尔 宝力 道尔吉 德力格尔 恩和 呼日乐 满都拉 满达 莫日根 那日苏 青格勒 莎日娜 斯日古楞 图门 乌力吉 希吉 查干 旭日 伊拉图 银花 扎木苏 朝格图 赛音 赛罕 通拉嘎 托娅 雅如 浩毕斯 阿日 楚鲁 嘎鲁 嘎日迪 海日 好斯 哈达 仓 敖其尔 巴根 白音
买买提 麦麦提 古丽 阿依 努尔 艾合买提 托合提 吐尔逊 阿不都 阿卜杜 热合曼 热合木 卡德尔 艾力 玉素甫 玉苏普 依明 伊明 帕提 古丽娜尔 迪丽 热巴 阿迪力 库尔班 木合塔尔 肉孜 吾买尔 艾山 居马 沙依 图尔荪 热依 热依拉 阿孜 古丽娜 努尔买买提 帕尔哈提 帕丽旦 木拉提 马木提 买买 提江 阿布都 阿布力 艾尼 艾则孜 巴哈尔 巴哈 阿曼 古力 再努拉 再娜 塔依尔 赛买提 赛迪 沙吾提 司马义 斯马依 塔吉 吐尔洪 外力 乌斯曼 西尔艾力 亚森 亚生 叶尔 玛依拉 米吉提 米日 尼亚孜 尼加提 帕孜 热孜 茹仙 如仙 哈力 哈丽 海如拉 加马力 江波 凯赛尔 克里木 喀迪尔 吾守尔 祖丽 祖力 皮亚 阿丽 阿尔祖 艾麦提 艾买提 巴图尔 叶尔肯 哈那提 加依 赛力克 努尔兰 吐尔 别克 汗 马合木提 胡赛音 莎吉 曼尼莎 海拉提 卡米力 拜合提 巴依
阿木 吉克 马海 沙马 曲比 阿苦 吉木 阿约 尔古 吉伍 日火 拉日 石一 阿的 木呷 史吉 乌萨 阿侯 尔布 拉且 伍呷 作古 尔呷 阿牛 阿呷 日呷 依呷 果果 子呷 古比 布吉 曲木 沙玛 罗洪 海来`)

// headNames are column heads under which names stand.
var headNames = strings.Fields(`姓名 户主 户主姓名 申请人 申请人姓名 当事人 联系人 负责人 法定代表人 法人代表 学生姓名 考生姓名 考生 人员 人员姓名 持卡人 收款人 户名 权利人 产权人 承包人 被征收人 受助人 家长 家长姓名 监护人 车主 驾驶人 经办人 领取人 领款人 患者 参保人 对象姓名 名字 被保险人 投保人 受益人 代理人 村民 农户 农户姓名 补助对象 补贴对象 救助对象 保障对象 录用人员 拟录用人员 人选 候选人 推荐人选 成员姓名 家庭成员 职工 职工姓名 员工姓名 教师姓名 死者 伤者 乘客 旅客姓名 业主 业主姓名 租户 承租人 申报人 申领人 签字人 签名 获奖者 获奖人 作者 经营者 法人 股东`)
