package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dates and times in parts, without a schema, and at their edges; what Debezium writes is beside.
 */
class WireTemporalTest {
  private static final String STRUCT = "{\"type\":\"struct\",\"name\":\"io.debezium.time.%s\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date|StructuredDate|{'year':2017,'month':9,'day':15,'specialValue':null}|2017-09-15",
        "date|StructuredDateSourceColumn6974|{'year':1,'month':1,'day':1}|0001-01-01",
        "date|StructuredDate|{'specialValue':'POSITIVE_INFINITY'}|special_value",
        "date|StructuredDate|{'year':null,'specialValue':'NEGATIVE_INFINITY'}|special_value",
        "date|StructuredDate|{'year':0,'month':0,'day':0}|type_mismatch",
        "date|StructuredDate|{'year':-43,'month':3,'day':15}|type_mismatch",
        "date|StructuredDate|{'year':10000,'month':1,'day':1}|type_mismatch",
        "date|StructuredDate|{'year':2019,'month':2,'day':29}|type_mismatch",
        "date|StructuredDate|{'year':2019,'month':2}|type_mismatch",
        "date|StructuredDate|{'year':2019.5,'month':2,'day':1}|type_mismatch",
        "date|StructuredDate|{'year':2019,'month':2,'day':1,'era':'BC'}|type_mismatch",
        "date|StructuredTimestamp|{'year':2019,'month':2,'day':1}|type_mismatch",
        "time|StructuredTime|{'hour':4,'minute':5,'second':11,'nanos':789000000}|04:05:11.789000",
        "time|StructuredTimePrecision6|{'hour':23,'minute':59,'second':59,'picoseconds':999999000000,"
            + "'precision':6}|23:59:59.999999",
        "time|StructuredTime|{'hour':24,'minute':0,'second':0,'nanos':0}|24:00:00.000000",
        "time|StructuredTime|{'hour':24,'minute':0,'second':0,'nanos':1000}|type_mismatch",
        "time|StructuredTime|{'hour':4,'minute':5,'second':11,'nanos':1}|type_mismatch",
        "time|StructuredTime|{'hour':4,'minute':5,'second':11,'picoseconds':1}|type_mismatch",
        "time|StructuredTime|{'hour':4,'minute':5,'second':11}|type_mismatch",
        "time|StructuredTime|{'hour':4,'minute':5,'second':60,'nanos':0}|type_mismatch",
        "time|StructuredTime|{'hour':-1,'minute':5,'second':0,'nanos':0}|type_mismatch",
        "time|StructuredTime|{'hour':4,'minute':5,'second':0,'nanos':-1000}|type_mismatch",
        "time|StructuredZonedTime|{'hour':4,'minute':5,'second':0,'nanos':0,'offsetSeconds':0}"
            + "|type_mismatch",
        "timestamp_ntz|StructuredTimestampPrecision6SourceColumn6974|{'year':2019,'month':7,'day':9,"
            + "'hour':2,'minute':28,'second':57,'picoseconds':123456000000}|2019-07-09T02:28:57.123456",
        "timestamp_ntz|StructuredTimestamp|{'year':9999,'month':12,'day':31,'hour':23,'minute':59,"
            + "'second':59,'nanos':999999000}|9999-12-31T23:59:59.999999",
        "timestamp_ntz|StructuredTimestamp|{'specialValue':'POSITIVE_INFINITY','precision':6}"
            + "|special_value",
        "timestamp_ntz|StructuredTimestamp|{'year':294276,'month':12,'day':31,'hour':23,'minute':59,"
            + "'second':59,'nanos':0}|type_mismatch",
        "timestamp_ntz|StructuredTimestamp|{'year':2019,'month':7,'day':9,'hour':24,'minute':0,"
            + "'second':0,'nanos':0}|type_mismatch",
        "timestamp_ntz|StructuredTimestamp|{'year':2019,'month':7,'day':9,'hour':2,'minute':0,"
            + "'second':0,'nanos':0,'offsetSeconds':0}|type_mismatch",
        "timestamp_ntz|StructuredZonedTimestamp|{'year':2019,'month':7,'day':9,'hour':2,'minute':0,"
            + "'second':0,'nanos':0,'offsetSeconds':0}|type_mismatch",
        "timestamp|StructuredTimestamp|{'year':2019,'month':7,'day':9,'hour':2,'minute':28,"
            + "'second':57,'nanos':0}|2019-07-09T02:28:57Z",
        "timestamp|StructuredZonedTimestamp|{'year':2019,'month':7,'day':9,'hour':11,'minute':28,"
            + "'second':57,'nanos':123456000,'offsetSeconds':32400,'zoneId':'Asia/Seoul'}"
            + "|2019-07-09T02:28:57.123456Z",
        "timestamp|StructuredZonedTimestamp|{'year':1,'month':1,'day':1,'hour':0,'minute':0,"
            + "'second':0,'nanos':0,'offsetSeconds':1}|type_mismatch",
        "timestamp|StructuredZonedTimestamp|{'year':2019,'month':7,'day':9,'hour':11,'minute':28,"
            + "'second':57,'nanos':0,'zoneId':'Asia/Seoul'}|type_mismatch",
        "timestamp|StructuredZonedTimestamp|{'year':2019,'month':7,'day':9,'hour':11,'minute':28,"
            + "'second':57,'nanos':0,'offsetSeconds':90000}|type_mismatch",
        "timestamp|StructuredZonedTimestamp|{'specialValue':'NEGATIVE_INFINITY'}|special_value"
      })
  void readsParts(String type, String name, String json, String expected) throws IOException {
    // when
    String outcome = WireValues.outcome(type, json.replace('\'', '"'), STRUCT.formatted(name));

    // then
    assertThat(outcome).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date|17424|2017-09-15",
        "date|\"2017-09-15Z\"|2017-09-15",
        "date|\"2017-09-15\"|2017-09-15",
        "date|{\"year\":2017,\"month\":9,\"day\":15}|2017-09-15",
        "date|\"infinity\"|special_value",
        "date|-2147472692|special_value",
        "date|\"0000-12-31Z\"|type_mismatch",
        "date|\"+10000-01-01Z\"|type_mismatch",
        "date|\"2017-09-15ZZ\"|type_mismatch",
        "date|\"2017-09-15+02:00\"|type_mismatch",
        "date|\"2017-02-29\"|type_mismatch",
        "date|\"17424\"|type_mismatch",
        "date|{\"year\":2017,\"month\":9,\"day\":15,\"hour\":0}|type_mismatch",
        "date|true|type_mismatch",
        "date|[]|type_mismatch",
        "time|\"04:05:11.789Z\"|04:05:11.789000",
        "time|\"04:05:11\"|04:05:11.000000",
        "time|\"24:00:00Z\"|24:00:00.000000",
        "time|\"04:05:11.123456000\"|04:05:11.123456",
        "time|\"04:05:11.123456001\"|type_mismatch",
        "time|\"04:05:11.1234560000\"|type_mismatch",
        "time|\"24:00:00.000001\"|type_mismatch",
        "time|\"04:05:11.\"|type_mismatch",
        "time|\"4:05:11\"|type_mismatch",
        "time|\"04:05\"|type_mismatch",
        "time|\"04:05:61\"|type_mismatch",
        "time|\"04-05-11\"|type_mismatch",
        "time|\"0\u0664:05:11\"|type_mismatch",
        "time|\"04:05:11+02:00\"|type_mismatch",
        "time|14711789|type_mismatch",
        "time|{\"hour\":4,\"minute\":5,\"second\":11,\"nanos\":0}|04:05:11.000000",
        "timestamp_ntz|\"2019-07-09T02:28:57.123456Z\"|2019-07-09T02:28:57.123456",
        "timestamp_ntz|\"2019-07-09T02:28:57\"|2019-07-09T02:28:57",
        "timestamp_ntz|\"2019-07-09T02:28:57+02:00\"|type_mismatch",
        "timestamp_ntz|\"2019-07-09T02:28:57.1234567Z\"|type_mismatch",
        "timestamp_ntz|\"0000-12-31T23:59:59.999999Z\"|type_mismatch",
        "timestamp_ntz|\"+294247-01-10T04:00:25.2Z\"|special_value",
        "timestamp_ntz|\"-infinity\"|special_value",
        "timestamp_ntz|1562639337123456|type_mismatch",
        "timestamp|1562639337123456|type_mismatch",
        "timestamp|\"2019-07-09T02:28:57\"|type_mismatch"
      })
  void readsWhatCannotBeConfusedWithoutASchema(String type, String json, String expected)
      throws IOException {
    // when
    String outcome = WireValues.outcome(type, json, null);

    // then
    assertThat(outcome).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "time,Time,-1",
    "time,Time,86400001",
    "time,Time,1.0",
    "time,MicroTime,86400000001",
    "time,MicroTime,9223372036854775807",
    "time,NanoTime,86400000001000",
    "time,NanoTime,-1000",
    "time,MicroTimestamp,1",
    "timestamp_ntz,Timestamp,-62135596800001",
    "timestamp_ntz,Timestamp,253402300800000",
    "timestamp_ntz,MicroTimestamp,-62135596800000001",
    "timestamp_ntz,MicroTimestamp,253402300800000000",
    "timestamp_ntz,MicroTimestamp,9223372036854775807",
    "timestamp_ntz,MicroTimestamp,9223372036854775808",
    "timestamp_ntz,NanoTimestamp,1",
    "timestamp_ntz,NanoTimestamp,-1",
    "timestamp_ntz,NanoTimestamp,9223372036854775806",
    "timestamp_ntz,MicroTime,1",
    "timestamp_ntz,MicroDuration,1",
    "timestamp_ntz,Date,1",
    "date,MicroTimestamp,1"
  })
  void refusesCountsThatAreNoneOfTheType(String type, String name, String json) {
    // when, then
    assertThatThrownBy(() -> WireValues.decode(type, json, "int64", "io.debezium.time." + name))
        .hasMessage("it is not exactly a %s (sent as io.debezium.time.%s)".formatted(type, name));
  }

  @Test
  void saysThatANumberHasNoUnit() {
    // when, then
    assertThatThrownBy(() -> WireValues.decode("time", "1", null))
        .hasMessage(
            "it is not exactly a time (sent as number): a number without a schema has no unit");
  }

  @Test
  void saysThatAValueIsSpecial() {
    // when, then
    assertThatThrownBy(() -> WireValues.decode("timestamp", "\"infinity\"", null))
        .hasMessage("it is infinity or NaN, which no timestamp is (sent as string)");
  }
}
