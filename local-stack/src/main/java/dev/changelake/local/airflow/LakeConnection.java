package dev.changelake.local.airflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.config.Configuration;
import java.util.Map;

/** The lake as a connection of Airflow's Amazon provider. */
final class LakeConnection {
  private static final JsonMapper MAPPER = new JsonMapper();

  private LakeConnection() {}

  static String json(Configuration configuration) {
    Map<String, String> s3a = configuration.s3a();
    ObjectNode connection = MAPPER.createObjectNode();
    connection.put("conn_type", "aws");
    connection.put("login", s3a.get("fs.s3a.access.key"));
    connection.put("password", s3a.get("fs.s3a.secret.key"));
    ObjectNode extra = connection.putObject("extra");
    extra.put("endpoint_url", s3a.get("fs.s3a.endpoint"));
    extra.put("region_name", s3a.get("fs.s3a.endpoint.region"));
    extra.putObject("config_kwargs").putObject("s3").put("addressing_style", "path");
    try {
      return MAPPER.writeValueAsString(connection);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of text can be written", e);
    }
  }
}
