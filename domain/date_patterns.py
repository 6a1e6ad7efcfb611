"""The shapes in which people write a time: regular expressions over half-width text."""

import re

from domain.festivals import CLEAR_NAMES, SHORT_NAMES
from domain.numerals import NUMERAL_CHARACTERS as NUMERALS

_ONE = "一二三四五六七八九"
_MEASURES = "个名次人件场篇项位节门份期户组条堂遍支批步万元课时小学分%％点倍米度字的以左"
# 周三以前 names a day, 三以上 counts.
_NO_MEASURE = rf"(?:(?=以前)|(?![{_MEASURES}]))"
_FREE = rf"(?<![0-9.{NUMERALS}第])"
_BEFORE = r"(?P<before>之前|以前|前(?![往后期来去三列沿辈0-9]|提(?![交出升高供])))"
_YEAR = (
    rf"(?:(?P<year>(?:19|20|21)[0-9]{{2}}|[0-9]{{2}}|[一二][〇零{_ONE}]{{3}}|[二三][〇零{_ONE}])\s?年度?"
    r"|(?P<spoken>今年|本年度?|明年|后年|去年|前年))的?\s?"
)
# 元月 is January, but the 元 of 3万元月底前 is money.
_MONTH = rf"(?P<month>[0-9]{{1,2}}|十[一二]?|[{_ONE}]|(?<![万亿多余几])元)\s?月"
_DAY_NUMBER = rf"[0-9]{{1,2}}|[二三]?十[{_ONE}]?|廿[{_ONE}]?|卅一?|[{_ONE}]"
_DAY = rf"(?:(?P<day>{_DAY_NUMBER})\s?[日号]|(?P<plain>{_DAY_NUMBER})(?![0-9{NUMERALS}]){_NO_MEASURE})"
_TO_DAY = rf"(?:[至到~、—-]+(?P<last>{_DAY_NUMBER})[日号])"
_PART = r"(?P<part>底|末|初|[上中下]旬|中)"
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAY = "[一二三四五六日天]"
_SPAN = rf"(?P<count>[0-9]{{1,3}}|[{NUMERALS}]{{1,4}}|半)(?P<unit>个?工作日|天|日|个?星期|个?礼拜|周|个半月|个月|年|个?小时)"
_WITHIN = "(?:之内|以内|内(?![容部外心在涵])|里(?!面)|之后|以后|后(?![续勤来]))"

# What recurs is no deadline, but must be taken out of the way of the shapes below.
RECURRING = (
    rf"每逢?个?(?:学期|季度|年度?|月|{_WEEK})年?"
    rf"(?:[底末初中内]|{_WEEKDAY}(?!次)|(?:{_DAY_NUMBER})[日号]|(?:{_DAY_NUMBER})月底?(?:(?:{_DAY_NUMBER})[日号])?)?"
    rf"|{_WEEK}{_WEEKDAY}[至到~—、-]{_WEEK}?{_WEEKDAY}|[0-9{NUMERALS}双单隔几]{{1,3}}周一次"
)
MONTH_DAY = rf"{_FREE}(?:{_YEAR})?{_MONTH}份?\s?(?:{_DAY}{_TO_DAY}?|{_PART}|{_BEFORE})?"
NUMERIC = (
    r"(?<![0-9.A-Za-z-])(?P<year>(?:19|20|21)[0-9]{2})(?P<separator>[-./])(?P<month>[0-9]{1,2})"
    r"(?:(?P=separator)(?P<day>[0-9]{1,2})[日号]?)?(?![0-9])"
)
COMPACT = r"(?<![0-9])(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])"
SHORT_NUMERIC = (
    r"(?<![0-9./A-Za-z-])(?P<month>1[0-2]|0?[1-9])[./]"
    r"(?P<day>3[0-9]|[12][0-9]|0[1-9]|[1-9](?=[日号前止]|之前|以前|截止|\s*$))[日号]?"
    rf"(?![0-9./{NUMERALS}{_MEASURES}](?!前))"
)
SPOKEN_MONTH = (
    rf"(?P<which>下下个?|下个?|次|这个?|本|当|上个?(?=月(?:[底末初中上下0-9]|[{NUMERALS}]+[日号])))月的?"
    rf"(?:{_DAY}|{_PART}|{_BEFORE})?"
)
MONTH_PART = rf"(?<![0-9{NUMERALS}个])(?:月(?:底|末|内)|月?(?P<part>[上中下]旬)|月(?P<short>初|中))"
DAY_ALONE = (
    rf"(?<![0-9{NUMERALS}月.-])(?P<day>{_DAY_NUMBER})[日号](?=之前|以前|前(?![往后])|截?止|完成|提?交|\s*$)"
    rf"|(?<=[到至])(?P<until>{_DAY_NUMBER})[日号](?![楼栋室院])"
)
QUARTER = rf"{_FREE}(?:{_YEAR})?(?:第(?P<nth>[一二三四1-4])个?|(?P<quarter>[一二三四1-4]))季度(?:底|末|结束|{_BEFORE})?"
SPOKEN_QUARTER = r"(?P<which>本|这个?|当|下个?|上个?)季(?:度(?:底|末|内|结束)?|末)|季度?[底末]"
HALF_YEAR = rf"(?:{_YEAR})?(?P<half>[上下])半年[底末]?"
TERM = rf"(?P<which>本|这个?|下个?|上个?)学期(?:末|底|结束|内|(?P<part>开学|开始)?{_BEFORE})?|学期(?:末|底|结束|内)|期末(?![考总成])"
YEAR_PART = (
    rf"(?:{_YEAR}年?|(?<![0-9{NUMERALS}几多])年)"
    rf"(?P<part>底|末|终(?![总考])|内(?![容部])|中(?!旬)|初|{_BEFORE})"
)
WEEKDAY = (
    rf"(?<![0-9{NUMERALS}各隔双单几])(?P<which>下下个?|下个?|本|这个?|上个?)?"
    rf"{_WEEK}(?:(?P<weekday>{_WEEKDAY}){_NO_MEASURE}|末)"
)
SPOKEN_WEEK = rf"(?P<which>下下个?|下个?|本|这个?){_WEEK}(?!{_WEEKDAY}|末)"
NAMED_DAY = "(?P<name>大后天|后天|明[天日晚早]|今[天日晚]|昨[天日]|(?<!大)前天)"
_WHOLE_SPAN = _SPAN.replace("count", "bare").replace("unit", "measure")
DURATION = rf"(?<![0-9.{NUMERALS}第大半]){_SPAN}{_WITHIN}|^\s*{_WHOLE_SPAN}\s*$"
_EVE = _BEFORE.replace("before", "eve")
FESTIVAL = (
    rf"(?:{_YEAR})?(?:(?P<name>{CLEAR_NAMES})节?(?:{_BEFORE})?"
    rf"|(?<![0-9{NUMERALS}双])(?P<short>{SHORT_NAMES})(?:国际)?(?:节|劳动节|青年节|儿童节|假期)?{_EVE})"
)
_MOON_DAY = rf"(?P<day>初[{_ONE}十]|[12][0-9]|30|廿[{_ONE}]?|二?十[{_ONE}]?|三十)[日号]?"
# By the farmers' calendar: said so, by a month that only it has, or by a day that only it has.
LUNAR_SAID = rf"(?:农历|阴历|旧历)的?(?P<moon>[正冬腊]|十[一二]?|[{_ONE}]|[0-9]{{1,2}})月(?:{_MOON_DAY}|[底末里内])?{_BEFORE}?"
LUNAR_MONTH = rf"(?P<moon>[正冬腊])月(?:{_MOON_DAY}|[底末里内])?{_BEFORE}?"
LUNAR_DAY = rf"{_FREE}(?P<moon>十[一二]?|[{_ONE}])月(?P<day>初[{_ONE}十])(?![{_MEASURES}])"
NTH_WEEKDAY = (
    rf"(?:(?:{_YEAR})?{_MONTH}份?|(?P<which>下下个?|下个?|次|这个?|本|当)月)的?(?:第(?P<nth>[一二三四五1-5])|(?P<final>最后一?))个?"
    rf"{_WEEK}(?P<weekday>{_WEEKDAY})"
)
VAGUE = (
    "今年内努力|年内努力|尽快|尽早|尽量早|早日|适时|近期|近日|及时|长期坚持|长期|逐步|择机|抓紧|不久|有空时?|有时间时?|随时|持续"
    "|坚持不懈|适当时候|条件成熟[时后]?|经常|(?:下?学期|下半年)?开学[初前后]?|(?:放|[暑寒])+假(?:结束)?[前后内]?|毕业前|期末考试?前|学年[底末内]?"
)
VAGUE_LETTERS = "努尽早适近及长逐择抓久空间随持坚熟经开假毕期年"
"""Every vague word holds one of them."""
_HOUR = r"(?:下班|[上下中]午|晚上?)?(?:[0-9]{1,2}[点时:](?:[0-9]{1,2}分?)?)?"
TAIL = re.compile(
    rf"(?:\({_WEEK}{_WEEKDAY}\))?"
    rf"(?:\s?{_HOUR}(?:{_BEFORE}|之内|以内|内(?![容部外心在涵])|为止|截止|止(?!损)))?"
)
LEAD = re.compile(
    r"(?:截止到?|截至|限期?|到|至|于|最[迟晚]|不晚于|不迟于|(?:时限|期限|时间|日期)[是为:]?)\s*$"
)
