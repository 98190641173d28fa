"""What the values of the config file may be, each with its reader; and the table that knows all its keys."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, PlainValidator

from bot.config import bill, mail, office_hours, values
from bot.config.public_holidays import read_country
from bot.hours import Dates, Span

Language = Literal["en", "ja"]
Name = Annotated[str, PlainValidator(values.read_name)]
Person = Annotated[str, PlainValidator(values.read_person)]
Member = Annotated[str, PlainValidator(values.read_member)]
Channel = Annotated[str, PlainValidator(values.read_channel)]
Region = Annotated[str, PlainValidator(values.read_region)]
Text = Annotated[str, PlainValidator(values.read_text)]
Length = Annotated[timedelta, PlainValidator(values.read_span)]
Zone = Annotated[ZoneInfo, PlainValidator(values.read_zone)]
Time = Annotated[str, PlainValidator(values.read_time)]
Days = Annotated[tuple[str, ...], PlainValidator(values.read_days)]
Weekdays = Annotated[tuple[str, ...], PlainValidator(values.read_weekdays)]
Calendar = Annotated[str, PlainValidator(office_hours.read_calendar)]
Country = Annotated[str, PlainValidator(read_country)]
Money = Annotated[Decimal, PlainValidator(bill.read_money)]
Address = Annotated[str, PlainValidator(mail.read_address)]
Closing = Annotated[Dates, PlainValidator(office_hours.read_dates)]
Opening = Annotated[tuple[Dates, Span | None], PlainValidator(office_hours.read_opening)]


class Table(BaseModel):
    """A table that knows all its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)
