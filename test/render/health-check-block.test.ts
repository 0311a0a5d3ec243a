import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import { blocksText } from "../../src/render/block-writer";
import { healthCheckBlock } from "../../src/render/health-check-block";

function rendered(check: DeepDeferrable<HealthCheck>): string | undefined {
  const block = healthCheckBlock(check);
  return block && blocksText([block]);
}

test("TCP with nothing but keepalived's defaults", () => {
  expect(rendered(HealthCheck.tcp())).toBe("TCP_CHECK {\n}\n");
});

test("TCP with every option", () => {
  const check = HealthCheck.tcp({ port: 8080, connectTimeoutSeconds: 2.5, retries: 3, delayBeforeRetrySeconds: 1.5 });
  expect(rendered(check)).toBe(`TCP_CHECK {
    connect_port 8080
    connect_timeout 2.5
    retry 3
    delay_before_retry 1.5
}
`);
});

test("zero is a value: it is printed", () => {
  expect(rendered(HealthCheck.tcp({ retries: 0, delayBeforeRetrySeconds: 0 }))).toBe(`TCP_CHECK {
    retry 0
    delay_before_retry 0
}
`);
});

test("HTTP with only a path", () => {
  expect(rendered(HealthCheck.http({ path: "/" }))).toBe(`HTTP_GET {
    url {
        path "/"
    }
}
`);
});

test("HTTP with every option; what would start a comment is quoted", () => {
  const check = HealthCheck.http({
    path: "/health?a=1#top!",
    host: "www.example.org",
    statusCodes: "200-299 301",
    port: 8080,
    connectTimeoutSeconds: 2,
    retries: 3,
    delayBeforeRetrySeconds: 4,
  });
  expect(rendered(check)).toBe(`HTTP_GET {
    url {
        path "/health?a=1#top!"
        virtualhost "www.example.org"
        status_code 200-299 301
    }
    connect_port 8080
    connect_timeout 2
    retry 3
    delay_before_retry 4
}
`);
});

test("SSL that sends the server name", () => {
  const check = HealthCheck.ssl({ path: "/", host: "www.example.org", sni: true, retries: 2 });
  expect(rendered(check)).toBe(`SSL_GET {
    enable_sni
    url {
        path "/"
        virtualhost "www.example.org"
    }
    retry 2
}
`);
});

test("SSL without a server name", () => {
  expect(rendered(HealthCheck.ssl({ path: "/", sni: false }))).toBe(`SSL_GET {
    url {
        path "/"
    }
}
`);
});

test("no check is no block", () => {
  expect(rendered(HealthCheck.none())).toBeUndefined();
});

test("values known only at apply are printed as they are", () => {
  const check = {
    type: "http",
    path: new Deferred("${path}"),
    host: new Deferred("${host}"),
    statusCodes: new Deferred("${codes}"),
    port: new Deferred("${port}"),
    retries: new Deferred("${retries}"),
  } as const;
  expect(rendered(check)).toBe(`HTTP_GET {
    url {
        path "\${path}"
        virtualhost "\${host}"
        status_code \${codes}
    }
    connect_port \${port}
    retry \${retries}
}
`);
});
