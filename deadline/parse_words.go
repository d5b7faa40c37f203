package deadline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// word is the part that a word plays in a phrase that sets a limit.
type word uint8

const (
	wNone       word = iota // a word that only looks like one of the others
	wNumber                 // 20, 二十
	wComma                  // ,
	wSemi                   // ; 。 a line
	wList                   // 、
	wColon                  // :
	wOpen                   // ( [
	wClose                  // ) ]
	wOr                     // 或
	wAtLeast                // 不少于
	wAtMost                 // 不超过
	wLatest                 // 最迟, 不晚于
	wAhead                  // 提前
	wExtend                 // 延长
	wFull                   // 届满
	wStops                  // 停止公示
	wRetain                 // 留存
	wDisplay                // 公示期: a noun for the time on display
	wTime                   // 公开时限: a noun for the time to act
	wCycle                  // 更新周期: a noun for a period that repeats
	wOpenTime               // 公开时间: either
	wNotice                 // 公示: the verb
	wIs                     // 为
	wReal                   // 及时
	wDynamic                // 动态
	wSync                   // 同步
	wPermanent              // 长期
	wStage                  // 分阶段
	wPhase                  // 事前
	wElse                   // 从其规定, 另有规定
	wLawful                 // 法定期限
	wRule                   // 规定, 法律
	wPer                    // 按, 依照
	wAsTold                 // 要求, 通知
	wPeriodic               // 定期
	wTerm                   // 任期
	wDitto                  // 同上
	wTimed                  // 限时
	wOrdinarily             // 一般
	wPrinciple              // 原则上
	wStart                  // 之日起
	wAfter                  // 后
	wBefore                 // 前
	wSince                  // 自, 从
	wAt                     // 在, 于
	wEvery                  // 每
	wHalf                   // 半
	wNext                   // 次月
	wThis                   // 当月
	wUpdate                 // 更新
	wSpeaks                 // 期限, 缩短: speaks of a period
	wRough                  // 左右, 约
	wExcluded               // 不计入
	wEarly                  // 不得早于
	wOver                   // 超过, 逾
	wEvent                  // an event, where it stands at the end
	wMust                   // 应当
	wDash                   // - ~ 至
	wSameDay                // 当日
	wNextDay                // 次日
	wSole                   // 月度, 季度 as an adverb
	wYearPart               // 年底, 上半年
	wPartial                // 其余未识别
	wQuote                  // “…”
	wCount
)

var vocabulary = map[word]string{
	wNone: `自然 自己 自主 自行 自治 自愿 自我 自动 自查 自来 自身 各自 自由 自建 自检 自评 自有 自费 自治区 从事 从业 从优 从严 服从 从速 从快 从重 从轻 自贸 来自 亲自 自营 自编
 前款 前期 目前 前述 前置 前后 当前 项前 前往 此前 前沿 前列 超前 前提 生前 前条 前项 前端 前景 学前 提前介入 先前 前身 日前 前者 前台 眼前 面前 空前 前所 前言 前厅
 后续 后期 今后 落后 背后 最后 然后 后勤 后台 善后 售后 后备 后方 先后 午后 幕后 收盘后 后果 后者 后代 后半 后评价 产后 后进 皇后 后附 附后 后款 而后 税后
 起草 起诉 发起 引起 一起 起算 起止 起始 起点 提起 缘起 起来 起伏 起重 起到 起见 了不起 对不起 掀起 崛起 起飞 起义
 在建 在职 在线 在编 存在 所在 潜在 在岗 在校 在册 在途 现在 实在 在于 内在 外在 在籍 在院 旨在 在校生 在售 在地 在网 自在
 由于 关于 对于 用于 属于 位于 便于 等于 大于 小于 利于 有利于 有助于 不利于 至于 基于 鉴于 介于 终于 敢于 善于 易于 过于 处于 限于 不限于 等同于 出于 勇于 给于 优于 隶属于 来源于 适用于 应用于 不属于 归于
 每页 每户 每人 每次 每件 每份 每名 每位 每张 每家 每项 每批 每条 每村 每组 每平方 每亩 每吨 每套 每间 每栋 每宗 每座 每辆 每台 每逢
 依法 依申请 依托 依靠 依规
 一次性 一并 一律 一切 一体 一方 一定 一致 统一 唯一 万一 一览 一网 一站 一件事 一事 一户 一房 一人 一对一 一般事项 一般村务 一般项目 一般公共 一般性 一般信息 一般情况 一般程序 一般债务 一般政务 一般财务 一般内容 一般工作 一般纳税 一般规定 一般问题 一般社务 一般处罚 一般行政 一般违法 一般事故 一般固 一般建设 一般转移
 三公 三农 三重一大 两级 两会 两免 五保 五险 十四五 十三五 十五五 十二五 两不愁 两新 双公示 双随机 一公开 三资 三务 四议 两公开 一卡通 一本账 八项 九年 三保 五公开 六公开 三级 一级 二级 四级 五级 第三方 第一责任 第二款 三定 三年行动 一窗 三支一扶 四好 七人 一支 一本 三产 二维码 三清单 一老一小 百姓 千家 万元 百日 千分 百分 三证 五证 一张
 满意 满足 充满 美满 圆满 满分
 中长期 长期护理 长期照 长期股 长期借 长期投资 长期贷 长期应 长期负 长期待 长期合同 长期租 长期居 长期工 长期坚持 长期以来 长期从事 长期在 长期失 长期患 长期存在 长期未
 及时性 及时率 及时足额 是否及时 不及时 未及时 及时处置 及时发现 及时反馈 及时受理 及时有效 及时救 即时救 及时率 及时反映 及时修 及时纠 及时整改 及时缴 及时报 及时掌握 及时解决 及时处理 及时办理 及时向上级
 实时监测 实时监控 实时数据 随时抽查 随时检查 随时接受 随时监督
 动态管理 动态监测 动态监管 动态信息 工作动态 动态平衡 动态类
 为准 为主 作为 行为 认为 成为 为了 以为 较为 为人民 为民 为期 人为 为由 为依据 为辅 因为 称为 分为 变为 改为 视为 为本 为基 为方便 为加强 为便 为保障 为规范 即为 何为 无为 更为 最为
 按日期 按年龄 按时间顺序 按月份 按日计 按日连续 按比例 按钮 按揭 按件 按量 按需 按户 按人 按序 按份 按劳 按标准 按程序 按权限 按职责 按类 按隶属 按揭
 半径 半数 过半 半成 半岛 半导体
 上月 上年 上季度 上一季度 上一年度 上年度 上半 上季 本年度 本年 本季度 上个月 上周 上学期 上一月 上一年 上半月
 当年度 当时 当中 当事 当选 当地 适当 应当场 相当 正当 当作 当成 不当 担当 当量 当期 当家 当众 当面
 其次 依次 层次 次序 次数 次要 档次 再次 多次 首次 屡次 批次 名次 班次 场次 初次 本次 各次 人次 次级 次品 届次 列次 年次 轮次 车次
 或有 或许 抑或 或缺
 至今 以至 甚至 乃至 截至 至关 至亲 至上 送至 报至 寄至 发至 提至 调至 增至 降至 转至 
 约定 预约 合约 节约 约束 约谈 公约 制约 契约 签约 违约 履约 约见 
 公示牌 公示栏 公示板 公示内容 公示结果 公示平台 公示系统 公示无异议 公示情况 公示名单 公示对象 公示方式 公示形式 公示信息 公示公告 公告栏 公告牌 公示表 公示材料 公示范围 公示地点 公示期满 公示期内 公示期结束 公示期间无 公示期届满 公示结束 公告期满 公告期内 公告期间无 公告期届满 公示期间内 公示反馈 公示制度 公示承诺 公示程序 公示拟 公示后 公示前 公告后 公告前 公示的 公示、
 更新换代 更新改造 城市更新
 天然 天气 先天 后天 春天 夏天 秋天 冬天 天津 天河 天桥
 年龄 青年 成年 少年 老年 儿童 日常 日期 日报 月报 
 特定 规定动作 
 停止开放 暂停 保存完好 保留意见 留存联 
 通知书 通知单 通知存款 需要帮助 工作安排 人员安排 资金安排 就业安排 预算安排 `,
	wOr:         `或 或者`,
	wAtLeast:    `不少于 不得少于 不能少于 不应少于 应不少于 应当不少于 至少 最少 最短 不低于 不得低于 不应低于 不短于 不得短于 不小于 不得小于 不应短于 ≥ >= 大于等于 大于或等于 大于或者等于 起码 少则`,
	wAtMost:     `不超过 不得超过 不能超过 不应超过 不可超过 不超出 不得超出 不大于 最长 最多 至多 不多于 不得多于 ≤ <= 控制在 不长于 不得长于 最大 最高 多则 小于等于 不高于 压缩到 压缩至 缩短至 缩减至 不得大于`,
	wLatest:     `不迟于 不得迟于 不能迟于 不应迟于 不晚于 不得晚于 不能晚于 不应晚于 最迟 最晚 至迟 最迟不超过 最迟不得超过 最迟不晚于 最晚不超过 最迟不得晚于 最迟不能超过`,
	wAhead:      `提前 提早 预先`,
	wExtend:     `延长 延期 延至 顺延 展期 再延长 可延长 延长至 延期至`,
	wFull:       `届满 期满 满`,
	wStops:      `停止公示 停止公开 停止公告 停止公布 停止展示 停止发布 不再公示 不再公开 不再公布 不再展示 不再对外 撤下 撤除 下架 撤回 删除 屏蔽 移除 下线 撤销公示 终止公示 取消公示 退出公示`,
	wRetain:     `留存 保存 保留 存放 挂网 存续 在网 留档 归档保存 存档 存查 保留时间 保留期限`,
	wDisplay:    `公示期 公示期限 公示期间 公示时间 公示时限 公示时长 公示天数 公告期 公告期限 公告期间 公告时间 公告时限 公布期限 公布时间 公布期 公布时限 公开期 公开期限 公开时长 公开时段 预公开期 预公开期限 预公示期 预公告时间 预公告期 预公告期限 征求意见期 征求意见期限 征求意见时间 征求意见的期限 征求意见的时间 征求意见期间 征集期 征集时间 征集意见期限 征集意见时间 征集期限 意见征集期 意见征集时间 意见征集期限 反馈意见时间 听取意见期限 公示与征求意见期 展示时间 展示期 展示期限 展示时长 张贴时间 张贴期限 张贴期 发售期 发售时间 网上公示期 媒体公示期 任前公示期 任职公示期 公众参与期限 公示异议期 异议期 征询期 征询意见期 征求公众意见的期限 征求公众意见期限 征求意见稿公示期 批前公示期 批后公示期 批前公示时间 公示公告期 公示公告时间 公示公告期限 公开征集期 公示日期 公告日期 持续公开期限 持续公示期限 持续公开时间 持续公示时间 持续公开期 持续公示期`,
	wTime:       `公开时限 时限 办理时限 办结时限 答复时限 答复期限 办理期限 承诺时限 法定办结时限 承诺办结时限 审批时限 公开期限要求 办理时间 受理时限 处理时限 处理期限 审核时限 公开时限要求 发布时限 更新时限 办结期限 回应时限 回复时限 时间跨度 承诺期限 审查期限 报送时限 反馈时限`,
	wCycle:      `更新频率 更新周期 公开频率 公开频次 更新频次 更新时间 公开周期 间隔 间隔时间 周期 发布频率 发布周期`,
	wOpenTime:   `公开时间 预公开时间`,
	wNotice:     `公示 公告 张贴 征求意见 公示公告 张榜 征集意见 公布 展示 公开征求意见 公开征集意见`,
	wIs:         `为 是 有`,
	wReal:       `及时 随时 实时 即时 适时 立即 马上 立刻 尽快 第一时间 变动即更 变更即更 即变即更 随变随更 随时随地 随时更新 当场 即刻 即知即公开 即办即公开 随产生随公开 随到随公开 随办随公开 实时更新 发生即公开 即行 尽早 迅速 发生变化即公开 即有即公开 有变动即更新 即变更即公开 有变化即更新 有更新即公开`,
	wDynamic:    `动态 滚动 持续更新`,
	wSync:       `同步`,
	wPermanent:  `长期 永久 常年 长久 持续公示 持续公开 持续公布 常年公开 长期公开 长年 永久性 长期性 始终公开 一直公开 无限期 长期有效 不间断`,
	wStage:      `分阶段 分段 逐段 阶段性 各阶段 按阶段 按工程进度 按进度 按项目进度 按工作进度 按工程建设进度 按施工进度 分步骤 分期分批 按节点 各个阶段 每阶段 每个阶段 各环节 每一阶段 逐阶段 按工作阶段 分环节`,
	wPhase:      `事前 事中 事后`,
	wElse:       `从其规定 另有规定 另有要求 另有约定 另行规定`,
	wLawful:     `法定时限 法定期限 法定时间 规定时限 规定时间 规定期限 规定的时限 规定的时间 规定的期限 法定公开时限 法定公开期限 规定的公开时限 规定的公开期限`,
	wRule:       `规定 法律 法规 规章 条例 办法 规范 制度`,
	wPer:        `按 按照 依照 依据 根据 遵照 参照 依 遵循`,
	wAsTold:     `要求 通知 部署 安排 需要 计划 情况 指示 进度 进展 实际 条件 任务 文件执行`,
	wPeriodic:   `定期 不定期 经常 周期性 每一定时期`,
	wTerm:       `任期 任职期间 每届 换届 届内 本届 在任期间 聘期 任职期内 聘任期`,
	wDitto:      `同上 同前 同左 上同 同上栏 〃`,
	wTimed:      `限时 限期 按时 按期 如期 准时`,
	wOrdinarily: `一般 通常 一般应 一般应当`,
	wPrinciple:  `原则上 原则`,
	wStart:      `之日起 日起 之时起 起 之日 之日后 之日开始 当日起 当天起 次日起 之次日起 的次日起 之日起的 之日算起 之日起算 之时 的当日起 之日以后 之日之后 即日起`,
	wAfter:      `后 之后 以后`,
	wBefore:     `前 之前 以前`,
	wSince:      `自 从`,
	wAt:         `在 于`,
	wEvery:      `每 按年 按月 按季 按周 按日 按半年 按旬 按天 按学期 按学年 逐年 逐月 逐季 逐日 逐周 逐旬 逐季度 各季度 各月 每隔`,
	wHalf:       `半`,
	wNext:       `次月 下月 下个月 翌月 次年 翌年 下一年 下年 下一年度 下年度 第二年 次周 下周 下季度 次季度 下一季度 下一个季度 下一个月 次季 下一周 次年度 隔年`,
	wThis:       `当月 本月 当年 本周 当周 当季 当季度`,
	wSameDay:    `当日 当天 同日 当即 同一天 即日`,
	wNextDay:    `次日 翌日 第二日 第二天 隔日 下一日`,
	wUpdate:     `更新`,
	wSpeaks:     `期限 期间 缩短 延迟 中止 中断 顺延 时限 顺延至 届满日`,
	wRough:      `左右 上下 约 大约 大概 将近 近`,
	wExcluded:   `不计算在 不计入 不计算 不受`,
	wEarly:      `不得早于 不早于 早于`,
	wOver:       `超过 逾 超出 逾期 超 不满 不足 少于 低于 短于 多于 高于 晚于 迟于 未满`,
	wEvent:      `形成 变更 产生 生成 发布 公布 公开 印发 颁布 批准 批复 通过 作出 做出 确定 受理 签订 生效 结束 完成 收到 制定 获取 制作 下发 至本单位 下达 成立 登记 召开 变动 调整 审定 审批 签署 截止 终了 办结 修订 出台 核准 审核 发生 发现 更改 修改 立案 验收 竣工 开标 评标 定标 中标 下达后 生效后 送达 接到 施行 实施 备案 审议 审议通过 宣布 拨付 到账 发放 报送 举行`,
	wMust:       `应当 应 须 必须 须在 应在 应于 应当于 应当在 将 要 可 可以 不应 得 需 需在 需于 必`,
	wDash:       `至 到 - — ~ – ― － ～`,
	wSole:       `月度 季度 年度 半年度`,
	wYearPart:   `年底 年末 年终 上半年 下半年 首季度`,
	wPartial:    `其余未识别`,
}

type entry struct {
	text string
	w    word
}

// lexicon is the vocabulary by its first two characters. first holds for every
// character from 一 to 鿿 whether a word begins with it, and the word of one
// character that it is; pairs is a hash table of the longer ones.
type lexicon struct {
	first [0xa000 - 0x4e00]word // wCount: no word begins here
	alone [0xa000 - 0x4e00]bool // the character alone is a word
	pairs [1 << pairBits]group
}

// group is the words that begin with the same two characters, longest first.
type group struct {
	key   uint32 // 0: free
	words []entry
}

const pairBits = 12

func pairKey(a, b rune) uint32 { return uint32(a)<<16 | uint32(b)&0xffff }

func pairSlot(key uint32) uint32 { return key * 2654435769 >> (32 - pairBits) }

var words = loadLexicon()

func loadLexicon() *lexicon {
	l := new(lexicon)
	for i := range l.first {
		l.first[i] = wCount
	}
	for w := range wCount {
		for _, text := range strings.Fields(vocabulary[w]) {
			a, n := utf8.DecodeRuneInString(text)
			if a < 0x4e00 || a >= 0xa000 {
				continue // marks are read by markWord
			}
			f := &l.first[a-0x4e00]
			if len(text) == n {
				*f, l.alone[a-0x4e00] = w, true
				continue
			}
			if *f == wCount {
				*f = wNone
			}
			b, _ := utf8.DecodeRuneInString(text[n:])
			g := l.slot(pairKey(a, b))
			g.key = pairKey(a, b)
			if !slices.ContainsFunc(g.words, func(e entry) bool { return e.text == text }) { // the first of the constants has it
				g.words = append(g.words, entry{text, w})
			}
		}
	}
	for i := range l.pairs {
		slices.SortStableFunc(l.pairs[i].words, func(a, b entry) int { return len(b.text) - len(a.text) })
	}
	return l
}

// slot is where the key stands, or is free to stand.
func (l *lexicon) slot(key uint32) *group {
	for i := pairSlot(key); ; i = (i + 1) % (1 << pairBits) {
		if g := &l.pairs[i]; g.key == key || g.key == 0 {
			return g
		}
	}
}

// three decodes a character of three bytes; what follows a broken one is found by
// no word.
func three(s string) rune { return rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f) }

// find is the longest word that begins with the character a at the beginning of s.
func (l *lexicon) find(a rune, s string) (w word, size int) {
	f := l.first[a-0x4e00]
	if f == wCount {
		return wNone, 0
	}
	if len(s) >= 6 && s[3] >= 0xe3 && s[3] <= 0xe9 {
		b := three(s[3:])
		for _, e := range l.slot(pairKey(a, b)).words {
			if strings.HasPrefix(s, e.text) {
				return e.w, len(e.text)
			}
		}
	}
	if l.alone[a-0x4e00] {
		return f, 3
	}
	return wNone, 0
}

// token is a word at a place of the folded text: bytes [start, end).
type token struct {
	w          word
	start, end int
	n          int
}

// lex lists the words of s that play a part; what lies between is text.
func lex(s string, toks []token) []token {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= '0' && c <= '9' {
				n, size := hanzi.ReadNumber(s[i:])
				if size == 0 { // more digits than any limit has
					n = maxLimit + 1
					for size < len(s)-i && s[i+size] >= '0' && s[i+size] <= '9' {
						size++
					}
				}
				toks = append(toks, token{wNumber, i, i + size, int(min(n, maxLimit+1))})
				for size == 1 && i+2 < len(s) && s[i+1] == ' ' && isDigit(s[i+2]) && (i+3 == len(s) || !isDigit(s[i+3])) {
					k := &toks[len(toks)-1] // 2 0 of a torn cell
					k.n, k.end = k.n*10+int(s[i+2]-'0'), i+3
					i += 2
					if k.n > maxLimit {
						k.n = maxLimit + 1
					}
				}
				i += size
				continue
			}
			if w := asciiMark(s, i); w != wNone {
				size := 1
				if (w == wAtLeast || w == wAtMost) && i+1 < len(s) && s[i+1] == '=' {
					size = 2
				}
				toks = append(toks, token{w: w, start: i, end: i + size})
				i += size
				continue
			}
			i++
			continue
		}
		var r rune
		size := 3
		if c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			r = three(s[i:])
		} else {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if r >= 0x4e00 && r < 0xa000 {
			if w, n := words.find(r, s[i:]); n > 0 {
				if w != wNone {
					toks = append(toks, token{w: w, start: i, end: i + n})
				}
				i += n
				continue
			}
			if isNumeral(r) {
				if n, k := hanzi.ReadNumber(s[i:]); k > 0 {
					toks = append(toks, token{wNumber, i, i + k, int(min(n, maxLimit+1))})
					i += k
					continue
				}
			}
		} else if w := markWord(r); w != wNone {
			toks = append(toks, token{w: w, start: i, end: i + size})
		} else if r == '“' {
			if k := strings.Index(s[i:], "”"); k > 0 { // the literal event of a canonical phrase, or a name
				toks = append(toks, token{w: wQuote, start: i, end: i + k + len("”")})
				size = k + len("”")
			}
		} else if r == '《' {
			if k := strings.Index(s[i:], "》"); k > 0 {
				i += k
				size = len("》")
			}
		} else if r == '〇' {
			if n, k := hanzi.ReadNumber(s[i:]); k > 0 {
				toks = append(toks, token{wNumber, i, i + k, int(min(n, maxLimit+1))})
				size = k
			}
		}
		i += size
	}
	return toks
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isNumeral(r rune) bool {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '两', '廿', '卅', '零',
		'壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟':
		return true
	}
	return false
}

func asciiMark(s string, i int) word {
	switch s[i] {
	case ',':
		return wComma
	case ';', '\n', '\r', '!', '?':
		return wSemi
	case ':':
		return wColon
	case '(', '[':
		return wOpen
	case ')', ']':
		return wClose
	case '-', '~':
		return wDash
	case '>':
		if i+1 < len(s) && s[i+1] == '=' {
			return wAtLeast
		}
		return wOver
	case '<':
		if i+1 < len(s) && s[i+1] == '=' {
			return wAtMost
		}
	case '.':
		return wNone
	case '/':
		return wOr
	}
	return wNone
}

func markWord(r rune) word {
	switch r {
	case '。':
		return wSemi
	case '、':
		return wList
	case '〔', '【', '[', '「', '『', '{':
		return wOpen
	case '〕', '】', ']', '」', '』', '}':
		return wClose
	case '—', '–', '―', '〜', '∼', '‐', '−':
		return wDash
	case '≥', '≧':
		return wAtLeast
	case '≤', '≦':
		return wAtMost
	case '〃':
		return wDitto
	}
	return wNone
}
