// Generated from catalogue/metrics.toml by `cargo xtask gen`. Do not edit.

//! Names, label values and buckets of the built-in metrics.

/// Label keys of the built-in metrics.
pub mod label {
    /// Namespace of the component, sanitised.
    pub const DYNAMO_NAMESPACE: &str = "dynamo_namespace";

    /// Name of the component, sanitised.
    pub const DYNAMO_COMPONENT: &str = "dynamo_component";

    /// Name of the endpoint, sanitised.
    pub const DYNAMO_ENDPOINT: &str = "dynamo_endpoint";

    /// Instance of the worker: lower-case hexadecimal, but decimal on the gateway's metrics.
    pub const WORKER_ID: &str = "worker_id";

    /// Name of the model, in the case that the frontend is set to.
    pub const MODEL: &str = "model";

    /// Kind of API call on the frontend; name of the endpoint on the gateway's metrics.
    pub const ENDPOINT: &str = "endpoint";

    /// Name of the component that the gateway watches.
    pub const COMPONENT: &str = "component";

    /// Whether the answer came in one piece or as a stream.
    pub const REQUEST_TYPE: &str = "request_type";

    /// How a request ended.
    pub const STATUS: &str = "status";

    /// What made a request fail; empty when it did not.
    pub const ERROR_TYPE: &str = "error_type";

    /// Stage of a request in the frontend.
    pub const STAGE: &str = "stage";

    /// Name of the health check.
    pub const CHECK: &str = "check";

    /// Probe that the health check feeds.
    pub const KIND: &str = "kind";

    /// Scrape job of the target.
    pub const JOB: &str = "job";

    /// Address of the target, host and port.
    pub const INSTANCE: &str = "instance";

    /// Why it was refused or dropped.
    pub const REASON: &str = "reason";

    /// Full name of the metric family.
    pub const FAMILY: &str = "family";

    /// Name of the attached foreign source.
    pub const SOURCE: &str = "source";

    /// What became of a file.
    pub const STATE: &str = "state";

    /// Name of the exporter.
    pub const EXPORTER: &str = "exporter";

    /// Version of the component.
    pub const VERSION: &str = "version";

    /// Name of the async runtime, or its number in this process where it has no name.
    pub const RUNTIME: &str = "runtime";

    /// Index of the worker thread in its runtime, from 0.
    pub const WORKER: &str = "worker";
}

/// What every component has. `build_info` carries the component's own prefix in front of
/// its name.
pub mod base {
    /// Start time of the process since the Unix epoch, in seconds.
    pub const PROCESS_START_TIME_SECONDS: &str = "process_start_time_seconds";

    /// Version of the running component; the value is always 1.
    pub const BUILD_INFO: &str = "build_info";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[PROCESS_START_TIME_SECONDS, BUILD_INFO];
}

/// What the kernel says of this process, on Linux, under the names and with the help
/// texts of the Prometheus client libraries. What the kernel does not tell is absent.
pub mod process {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "process_";

    /// Total user and system CPU time spent in seconds.
    pub const CPU_SECONDS_TOTAL: &str = "process_cpu_seconds_total";

    /// Resident memory size in bytes.
    pub const RESIDENT_MEMORY_BYTES: &str = "process_resident_memory_bytes";

    /// Virtual memory size in bytes.
    pub const VIRTUAL_MEMORY_BYTES: &str = "process_virtual_memory_bytes";

    /// Maximum amount of virtual memory available in bytes.
    pub const VIRTUAL_MEMORY_MAX_BYTES: &str = "process_virtual_memory_max_bytes";

    /// Number of open file descriptors.
    pub const OPEN_FDS: &str = "process_open_fds";

    /// Maximum number of open file descriptors.
    pub const MAX_FDS: &str = "process_max_fds";

    /// Number of OS threads in the process.
    pub const THREADS: &str = "process_threads";

    /// Number of bytes received by the process over the network.
    pub const NETWORK_RECEIVE_BYTES_TOTAL: &str = "process_network_receive_bytes_total";

    /// Number of bytes sent by the process over the network.
    pub const NETWORK_TRANSMIT_BYTES_TOTAL: &str = "process_network_transmit_bytes_total";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        CPU_SECONDS_TOTAL,
        RESIDENT_MEMORY_BYTES,
        VIRTUAL_MEMORY_BYTES,
        VIRTUAL_MEMORY_MAX_BYTES,
        OPEN_FDS,
        MAX_FDS,
        THREADS,
        NETWORK_RECEIVE_BYTES_TOTAL,
        NETWORK_TRANSMIT_BYTES_TOTAL,
    ];
}

/// What tokio says of one runtime, behind the facade's feature `tokio`.
pub mod tokio {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "tokio_";

    /// Number of worker threads of the runtime.
    pub const WORKERS: &str = "tokio_workers";

    /// Number of tasks that were spawned and have not ended.
    pub const ALIVE_TASKS: &str = "tokio_alive_tasks";

    /// Number of tasks that wait in the runtime's global queue.
    pub const GLOBAL_QUEUE_DEPTH: &str = "tokio_global_queue_depth";

    /// Total time that the worker was not parked, in seconds.
    pub const WORKER_BUSY_SECONDS_TOTAL: &str = "tokio_worker_busy_seconds_total";

    /// Total number of times that the worker parked to wait for work.
    pub const WORKER_PARKS_TOTAL: &str = "tokio_worker_parks_total";

    /// Whether the worker is parked now, waiting for work, 1 or 0.
    pub const WORKER_PARKED: &str = "tokio_worker_parked";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        WORKERS,
        ALIVE_TASKS,
        GLOBAL_QUEUE_DEPTH,
        WORKER_BUSY_SECONDS_TOTAL,
        WORKER_PARKS_TOTAL,
        WORKER_PARKED,
    ];
}

/// Collected for every endpoint of every component, without a line of user code.
pub mod component {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "dynamo_component_";

    /// Labels that every metric of the group gets without being asked for.
    pub const AUTO_LABELS: &[&str] = &[
        super::label::DYNAMO_NAMESPACE,
        super::label::DYNAMO_COMPONENT,
        super::label::DYNAMO_ENDPOINT,
        super::label::WORKER_ID,
    ];

    /// Total number of requests processed by component endpoint
    pub const REQUESTS_TOTAL: &str = "dynamo_component_requests_total";

    /// Total bytes received in requests.
    pub const REQUEST_BYTES_TOTAL: &str = "dynamo_component_request_bytes_total";

    /// Total bytes sent in responses.
    pub const RESPONSE_BYTES_TOTAL: &str = "dynamo_component_response_bytes_total";

    /// Total number of failed requests, by the step that failed.
    pub const ERRORS_TOTAL: &str = "dynamo_component_errors_total";

    /// Total number of requests that their caller cancelled or abandoned.
    pub const CANCELLATION_TOTAL: &str = "dynamo_component_cancellation_total";

    /// Time spent processing requests by component endpoint
    pub const REQUEST_DURATION_SECONDS: &str = "dynamo_component_request_duration_seconds";

    /// Upper bounds of the buckets of [`REQUEST_DURATION_SECONDS`], without `+Inf`.
    pub const REQUEST_DURATION_SECONDS_BUCKETS: &[f64] = &[
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0,
        300.0, 600.0,
    ];

    /// Requests currently being processed.
    pub const INFLIGHT_REQUESTS: &str = "dynamo_component_inflight_requests";

    /// Requests currently being processed.
    ///
    /// Repeats the value of `dynamo_component_inflight_requests`.
    pub const CONCURRENT_REQUESTS: &str = "dynamo_component_concurrent_requests";

    /// Time since the distributed runtime started, in seconds.
    pub const SYSTEM_UPTIME_SECONDS: &str = "dynamo_component_system_uptime_seconds";

    /// Verdict of a health check: 1 when it passes, 0 when it fails.
    pub const HEALTH_STATUS: &str = "dynamo_component_health_status";

    /// Time that one run of a health check took, in seconds.
    pub const HEALTH_CHECK_DURATION_SECONDS: &str =
        "dynamo_component_health_check_duration_seconds";

    /// Upper bounds of the buckets of [`HEALTH_CHECK_DURATION_SECONDS`], without `+Inf`.
    pub const HEALTH_CHECK_DURATION_SECONDS_BUCKETS: &[f64] = &[
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
        5.0, 10.0,
    ];

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        REQUESTS_TOTAL,
        REQUEST_BYTES_TOTAL,
        RESPONSE_BYTES_TOTAL,
        ERRORS_TOTAL,
        CANCELLATION_TOTAL,
        REQUEST_DURATION_SECONDS,
        INFLIGHT_REQUESTS,
        CONCURRENT_REQUESTS,
        SYSTEM_UPTIME_SECONDS,
        HEALTH_STATUS,
        HEALTH_CHECK_DURATION_SECONDS,
    ];

    /// Values of the label `error_type` in this group.
    pub mod error_type {
        /// The value `deserialization`.
        pub const DESERIALIZATION: &str = "deserialization";

        /// The value `invalid_message`.
        pub const INVALID_MESSAGE: &str = "invalid_message";

        /// The value `response_stream`.
        pub const RESPONSE_STREAM: &str = "response_stream";

        /// The value `generate`.
        pub const GENERATE: &str = "generate";

        /// The value `serialization`.
        pub const SERIALIZATION: &str = "serialization";

        /// The value `publish_response`.
        pub const PUBLISH_RESPONSE: &str = "publish_response";

        /// The value `publish_final`.
        pub const PUBLISH_FINAL: &str = "publish_final";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[
            DESERIALIZATION,
            INVALID_MESSAGE,
            RESPONSE_STREAM,
            GENERATE,
            SERIALIZATION,
            PUBLISH_RESPONSE,
            PUBLISH_FINAL,
        ];
    }

    /// Values of the label `kind` in this group.
    pub mod kind {
        /// The value `liveness`.
        pub const LIVENESS: &str = "liveness";

        /// The value `readiness`.
        pub const READINESS: &str = "readiness";

        /// The value `both`.
        pub const BOTH: &str = "both";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[LIVENESS, READINESS, BOTH];
    }
}

/// KV cache statistics, published by workers and by the KV router. Names that end in
/// `_percent` hold 0.0 to 1.0.
pub mod kvstats {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "dynamo_component_kvstats_";

    /// Labels that every metric of the group gets without being asked for.
    pub const AUTO_LABELS: &[&str] = &[
        super::label::DYNAMO_NAMESPACE,
        super::label::DYNAMO_COMPONENT,
        super::label::DYNAMO_ENDPOINT,
        super::label::WORKER_ID,
    ];

    /// Number of active KV cache blocks currently in use.
    pub const ACTIVE_BLOCKS: &str = "dynamo_component_kvstats_active_blocks";

    /// Total number of KV cache blocks available.
    pub const TOTAL_BLOCKS: &str = "dynamo_component_kvstats_total_blocks";

    /// GPU cache usage as a percentage (0.0-1.0).
    pub const GPU_CACHE_USAGE_PERCENT: &str = "dynamo_component_kvstats_gpu_cache_usage_percent";

    /// GPU prefix cache hit rate as a percentage (0.0-1.0).
    pub const GPU_PREFIX_CACHE_HIT_RATE: &str =
        "dynamo_component_kvstats_gpu_prefix_cache_hit_rate";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        ACTIVE_BLOCKS,
        TOTAL_BLOCKS,
        GPU_CACHE_USAGE_PERCENT,
        GPU_PREFIX_CACHE_HIT_RATE,
    ];
}

/// The prefix of preprocessor components. They name their own metrics; none is built in.
pub mod preprocessor {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "dynamo_preprocessor_";

    /// Labels that every metric of the group gets without being asked for.
    pub const AUTO_LABELS: &[&str] = &[
        super::label::DYNAMO_NAMESPACE,
        super::label::DYNAMO_COMPONENT,
        super::label::DYNAMO_ENDPOINT,
        super::label::WORKER_ID,
    ];
}

/// The connection of this process to NATS, as the NATS client counts it.
pub mod nats_client {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "nats_client_";

    /// State of the connection to NATS: 0 disconnected, 1 connected, 2 reconnecting.
    pub const CONNECTION_STATE: &str = "nats_client_connection_state";

    /// Total number of messages received from NATS.
    pub const IN_MESSAGES_TOTAL: &str = "nats_client_in_messages_total";

    /// Total number of messages sent to NATS.
    pub const OUT_MESSAGES_TOTAL: &str = "nats_client_out_messages_total";

    /// Total bytes received from NATS.
    pub const IN_BYTES_TOTAL: &str = "nats_client_in_bytes_total";

    /// Total bytes sent to NATS.
    pub const OUT_BYTES_TOTAL: &str = "nats_client_out_bytes_total";

    /// Total number of times that the connection to NATS was established.
    pub const CONNECTS_TOTAL: &str = "nats_client_connects_total";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        CONNECTION_STATE,
        IN_MESSAGES_TOTAL,
        OUT_MESSAGES_TOTAL,
        IN_BYTES_TOTAL,
        OUT_BYTES_TOTAL,
        CONNECTS_TOTAL,
    ];
}

/// The NATS services that this process offers, from their service statistics.
pub mod nats_service {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "nats_service_";

    /// Total number of requests that the NATS services of this process handled.
    pub const REQUESTS_TOTAL: &str = "nats_service_requests_total";

    /// Total number of requests that the NATS services of this process failed.
    pub const ERRORS_TOTAL: &str = "nats_service_errors_total";

    /// Total time that the NATS services of this process spent on requests, in seconds.
    pub const PROCESSING_SECONDS_TOTAL: &str = "nats_service_processing_seconds_total";

    /// Number of endpoints that the NATS services of this process currently offer.
    pub const ACTIVE_ENDPOINTS: &str = "nats_service_active_endpoints";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        REQUESTS_TOTAL,
        ERRORS_TOTAL,
        PROCESSING_SECONDS_TOTAL,
        ACTIVE_ENDPOINTS,
    ];
}

/// The OpenAI-compatible HTTP server. `DYN_METRICS_PREFIX` replaces the prefix. Buckets
/// can be set by
/// `DYN_METRICS_{TTFT,ITL,REQUEST_DURATION,INPUT_SEQUENCE,OUTPUT_SEQUENCE}_{BUCKETS,MIN,MAX,COUNT}`.
/// A model that nobody serves is counted under `unknown_model`.
pub mod frontend {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "dynamo_frontend_";

    /// Total number of LLM requests processed
    pub const REQUESTS_TOTAL: &str = "dynamo_frontend_requests_total";

    /// Total number of LLM requests that arrived.
    pub const REQUESTS_STARTED_TOTAL: &str = "dynamo_frontend_requests_started_total";

    /// Number of inflight requests
    pub const INFLIGHT_REQUESTS: &str = "dynamo_frontend_inflight_requests";

    /// Number of requests in HTTP processing queue
    pub const QUEUED_REQUESTS: &str = "dynamo_frontend_queued_requests";

    /// Number of requests currently in each stage.
    pub const STAGE_REQUESTS: &str = "dynamo_frontend_stage_requests";

    /// Time that requests spent in each stage, in seconds.
    pub const STAGE_DURATION_SECONDS: &str = "dynamo_frontend_stage_duration_seconds";

    /// Upper bounds of the buckets of [`STAGE_DURATION_SECONDS`], without `+Inf`.
    pub const STAGE_DURATION_SECONDS_BUCKETS: &[f64] = &[
        0.0, 0.0022, 0.0047, 0.01, 0.022, 0.047, 0.1, 0.22, 0.47, 1.0, 2.2, 4.7, 10.0, 22.0, 48.0,
        100.0, 220.0, 480.0,
    ];

    /// Total number of clients that left before their response was complete.
    pub const DISCONNECTED_CLIENTS_TOTAL: &str = "dynamo_frontend_disconnected_clients_total";

    /// Number of clients that left before their response was complete.
    ///
    /// Repeats the value of `dynamo_frontend_disconnected_clients_total`.
    pub const DISCONNECTED_CLIENTS: &str = "dynamo_frontend_disconnected_clients";

    /// Duration of LLM requests, in seconds.
    pub const REQUEST_DURATION_SECONDS: &str = "dynamo_frontend_request_duration_seconds";

    /// Upper bounds of the buckets of [`REQUEST_DURATION_SECONDS`], without `+Inf`.
    pub const REQUEST_DURATION_SECONDS_BUCKETS: &[f64] =
        &[0.0, 1.9, 3.4, 6.3, 12.0, 22.0, 40.0, 75.0, 140.0, 260.0];

    /// Input sequence length in tokens.
    pub const INPUT_SEQUENCE_TOKENS: &str = "dynamo_frontend_input_sequence_tokens";

    /// Upper bounds of the buckets of [`INPUT_SEQUENCE_TOKENS`], without `+Inf`.
    pub const INPUT_SEQUENCE_TOKENS_BUCKETS: &[f64] = &[
        0.0, 100.0, 210.0, 430.0, 870.0, 1800.0, 3600.0, 7400.0, 15_000.0, 31_000.0, 63_000.0,
        130_000.0,
    ];

    /// Output sequence length in tokens.
    pub const OUTPUT_SEQUENCE_TOKENS: &str = "dynamo_frontend_output_sequence_tokens";

    /// Upper bounds of the buckets of [`OUTPUT_SEQUENCE_TOKENS`], without `+Inf`.
    pub const OUTPUT_SEQUENCE_TOKENS_BUCKETS: &[f64] = &[
        0.0, 100.0, 210.0, 430.0, 880.0, 1800.0, 3700.0, 7600.0, 16_000.0, 32_000.0,
    ];

    /// Time to first token, in seconds.
    pub const TIME_TO_FIRST_TOKEN_SECONDS: &str = "dynamo_frontend_time_to_first_token_seconds";

    /// Upper bounds of the buckets of [`TIME_TO_FIRST_TOKEN_SECONDS`], without `+Inf`.
    pub const TIME_TO_FIRST_TOKEN_SECONDS_BUCKETS: &[f64] = &[
        0.0, 0.0022, 0.0047, 0.01, 0.022, 0.047, 0.1, 0.22, 0.47, 1.0, 2.2, 4.7, 10.0, 22.0, 48.0,
        100.0, 220.0, 480.0,
    ];

    /// Inter-token latency, in seconds.
    pub const INTER_TOKEN_LATENCY_SECONDS: &str = "dynamo_frontend_inter_token_latency_seconds";

    /// Upper bounds of the buckets of [`INTER_TOKEN_LATENCY_SECONDS`], without `+Inf`.
    pub const INTER_TOKEN_LATENCY_SECONDS_BUCKETS: &[f64] = &[
        0.0, 0.0019, 0.0035, 0.0067, 0.013, 0.024, 0.045, 0.084, 0.16, 0.3, 0.56, 1.1, 2.0,
    ];

    /// Total number of output tokens generated, counted as they are sent.
    pub const OUTPUT_TOKENS_TOTAL: &str = "dynamo_frontend_output_tokens_total";

    /// Number of input tokens per request that the prefix cache held.
    pub const CACHED_TOKENS: &str = "dynamo_frontend_cached_tokens";

    /// Upper bounds of the buckets of [`CACHED_TOKENS`], without `+Inf`.
    pub const CACHED_TOKENS_BUCKETS: &[f64] = &[
        0.0, 100.0, 210.0, 430.0, 870.0, 1800.0, 3600.0, 7400.0, 15_000.0, 31_000.0, 63_000.0,
        130_000.0,
    ];

    /// Total KV blocks available for a worker serving the model.
    pub const MODEL_TOTAL_KV_BLOCKS: &str = "dynamo_frontend_model_total_kv_blocks";

    /// Maximum number of sequences for a worker serving the model.
    pub const MODEL_MAX_NUM_SEQS: &str = "dynamo_frontend_model_max_num_seqs";

    /// Maximum number of batched tokens for a worker serving the model.
    pub const MODEL_MAX_NUM_BATCHED_TOKENS: &str = "dynamo_frontend_model_max_num_batched_tokens";

    /// Maximum context length for a worker serving the model.
    pub const MODEL_CONTEXT_LENGTH: &str = "dynamo_frontend_model_context_length";

    /// KV cache block size for a worker serving the model.
    pub const MODEL_KV_CACHE_BLOCK_SIZE: &str = "dynamo_frontend_model_kv_cache_block_size";

    /// Request migration limit for a worker serving the model.
    pub const MODEL_MIGRATION_LIMIT: &str = "dynamo_frontend_model_migration_limit";

    /// Number of worker instances currently serving the model.
    pub const MODEL_WORKERS: &str = "dynamo_frontend_model_workers";

    /// Whether at least one worker can serve the model now, 1 or 0.
    pub const MODEL_READY: &str = "dynamo_frontend_model_ready";

    /// Total number of request cancellations.
    pub const MODEL_CANCELLATION_TOTAL: &str = "dynamo_frontend_model_cancellation_total";

    /// Total number of requests rejected because resources ran out.
    pub const MODEL_REJECTION_TOTAL: &str = "dynamo_frontend_model_rejection_total";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        REQUESTS_TOTAL,
        REQUESTS_STARTED_TOTAL,
        INFLIGHT_REQUESTS,
        QUEUED_REQUESTS,
        STAGE_REQUESTS,
        STAGE_DURATION_SECONDS,
        DISCONNECTED_CLIENTS_TOTAL,
        DISCONNECTED_CLIENTS,
        REQUEST_DURATION_SECONDS,
        INPUT_SEQUENCE_TOKENS,
        OUTPUT_SEQUENCE_TOKENS,
        TIME_TO_FIRST_TOKEN_SECONDS,
        INTER_TOKEN_LATENCY_SECONDS,
        OUTPUT_TOKENS_TOTAL,
        CACHED_TOKENS,
        MODEL_TOTAL_KV_BLOCKS,
        MODEL_MAX_NUM_SEQS,
        MODEL_MAX_NUM_BATCHED_TOKENS,
        MODEL_CONTEXT_LENGTH,
        MODEL_KV_CACHE_BLOCK_SIZE,
        MODEL_MIGRATION_LIMIT,
        MODEL_WORKERS,
        MODEL_READY,
        MODEL_CANCELLATION_TOTAL,
        MODEL_REJECTION_TOTAL,
    ];

    /// Values of the label `endpoint` in this group.
    pub mod endpoint {
        /// The value `completions`.
        pub const COMPLETIONS: &str = "completions";

        /// The value `chat_completions`.
        pub const CHAT_COMPLETIONS: &str = "chat_completions";

        /// The value `embeddings`.
        pub const EMBEDDINGS: &str = "embeddings";

        /// The value `responses`.
        pub const RESPONSES: &str = "responses";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[COMPLETIONS, CHAT_COMPLETIONS, EMBEDDINGS, RESPONSES];
    }

    /// Values of the label `error_type` in this group.
    pub mod error_type {
        /// The value `validation`.
        pub const VALIDATION: &str = "validation";

        /// The value `not_found`.
        pub const NOT_FOUND: &str = "not_found";

        /// The value `overload`.
        pub const OVERLOAD: &str = "overload";

        /// The value `unavailable`.
        pub const UNAVAILABLE: &str = "unavailable";

        /// The value `cancelled`.
        pub const CANCELLED: &str = "cancelled";

        /// The value `response_timeout`.
        pub const RESPONSE_TIMEOUT: &str = "response_timeout";

        /// The value `internal`.
        pub const INTERNAL: &str = "internal";

        /// The value `not_implemented`.
        pub const NOT_IMPLEMENTED: &str = "not_implemented";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[
            VALIDATION,
            NOT_FOUND,
            OVERLOAD,
            UNAVAILABLE,
            CANCELLED,
            RESPONSE_TIMEOUT,
            INTERNAL,
            NOT_IMPLEMENTED,
        ];
    }

    /// Values of the label `request_type` in this group.
    pub mod request_type {
        /// The value `unary`.
        pub const UNARY: &str = "unary";

        /// The value `stream`.
        pub const STREAM: &str = "stream";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[UNARY, STREAM];
    }

    /// Values of the label `stage` in this group.
    pub mod stage {
        /// The value `preprocess`.
        pub const PREPROCESS: &str = "preprocess";

        /// The value `route`.
        pub const ROUTE: &str = "route";

        /// The value `prefill`.
        pub const PREFILL: &str = "prefill";

        /// The value `decode`.
        pub const DECODE: &str = "decode";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[PREPROCESS, ROUTE, PREFILL, DECODE];
    }

    /// Values of the label `status` in this group.
    pub mod status {
        /// The value `success`.
        pub const SUCCESS: &str = "success";

        /// The value `error`.
        pub const ERROR: &str = "error";

        /// Every value, in the order of the catalogue.
        pub const ALL: &[&str] = &[SUCCESS, ERROR];
    }
}

/// What the `metrics` command and the gateway compute over the workers of an endpoint.
/// `worker_id` is decimal here.
pub mod gateway {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "llm_";

    /// Active KV cache blocks
    pub const KV_BLOCKS_ACTIVE: &str = "llm_kv_blocks_active";

    /// Total KV cache blocks
    pub const KV_BLOCKS_TOTAL: &str = "llm_kv_blocks_total";

    /// Request slots of the worker that are in use.
    pub const REQUESTS_ACTIVE_SLOTS: &str = "llm_requests_active_slots";

    /// Request slots that the worker has.
    pub const REQUESTS_TOTAL_SLOTS: &str = "llm_requests_total_slots";

    /// Mean of the active KV cache blocks over the workers.
    pub const LOAD_AVG: &str = "llm_load_avg";

    /// Population standard deviation of the active KV cache blocks over the workers.
    pub const LOAD_STD: &str = "llm_load_std";

    /// Share of KV cache blocks found in the worker's cache (0.0-1.0).
    pub const KV_HIT_RATE_PERCENT: &str = "llm_kv_hit_rate_percent";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        KV_BLOCKS_ACTIVE,
        KV_BLOCKS_TOTAL,
        REQUESTS_ACTIVE_SLOTS,
        REQUESTS_TOTAL_SLOTS,
        LOAD_AVG,
        LOAD_STD,
        KV_HIT_RATE_PERCENT,
    ];
}

/// What the gateway reports about each scrape, under the names that Prometheus gives
/// them.
pub mod scrape {
    /// Whether the last scrape of the target succeeded, 1 or 0.
    pub const UP: &str = "up";

    /// Time that the last scrape of the target took, in seconds.
    pub const SCRAPE_DURATION_SECONDS: &str = "scrape_duration_seconds";

    /// Number of samples that the target exposed in the last scrape.
    pub const SCRAPE_SAMPLES_SCRAPED: &str = "scrape_samples_scraped";

    /// Number of samples of the last scrape that were left after relabelling.
    pub const SCRAPE_SAMPLES_POST_METRIC_RELABELING: &str = "scrape_samples_post_metric_relabeling";

    /// Approximate number of series that the last scrape added.
    pub const SCRAPE_SERIES_ADDED: &str = "scrape_series_added";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        UP,
        SCRAPE_DURATION_SECONDS,
        SCRAPE_SAMPLES_SCRAPED,
        SCRAPE_SAMPLES_POST_METRIC_RELABELING,
        SCRAPE_SERIES_ADDED,
    ];
}

/// How the library itself is doing.
pub mod self_metrics {
    /// What every name of the group begins with.
    pub const PREFIX: &str = "dynamometer_";

    /// Total number of metrics that could not be registered and record nowhere.
    pub const REGISTRATION_ERRORS_TOTAL: &str = "dynamometer_registration_errors_total";

    /// Total number of recorded values that were dropped.
    pub const DROPPED_SAMPLES_TOTAL: &str = "dynamometer_dropped_samples_total";

    /// Number of live series in this process.
    pub const SERIES: &str = "dynamometer_series";

    /// Total number of look-ups that ended in a family's overflow series.
    pub const CARDINALITY_OVERFLOW_TOTAL: &str = "dynamometer_cardinality_overflow_total";

    /// Whether the last read of an attached source succeeded, 1 or 0.
    pub const SOURCE_UP: &str = "dynamometer_source_up";

    /// Time that the last read of an attached source took, in seconds.
    pub const SOURCE_DURATION_SECONDS: &str = "dynamometer_source_duration_seconds";

    /// Total number of collectors and families of an attached registry that could not be
    /// read.
    pub const SOURCE_ERRORS_TOTAL: &str = "dynamometer_source_errors_total";

    /// Number of files of an attached folder of processes at its last read.
    pub const MULTIPROCESS_FILES: &str = "dynamometer_multiprocess_files";

    /// Time that answering a scrape of this process took, in seconds.
    pub const SCRAPE_DURATION_SECONDS: &str = "dynamometer_scrape_duration_seconds";

    /// Upper bounds of the buckets of [`SCRAPE_DURATION_SECONDS`], without `+Inf`.
    pub const SCRAPE_DURATION_SECONDS_BUCKETS: &[f64] = &[
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
        5.0, 10.0,
    ];

    /// Total number of watch notifications that were delivered.
    pub const WATCH_DELIVERED_TOTAL: &str = "dynamometer_watch_delivered_total";

    /// Total number of watch notifications that were dropped.
    pub const WATCH_DROPPED_TOTAL: &str = "dynamometer_watch_dropped_total";

    /// Total number of exports that the receiver accepted.
    pub const EXPORT_SENT_TOTAL: &str = "dynamometer_export_sent_total";

    /// Total number of exports that were given up.
    pub const EXPORT_FAILED_TOTAL: &str = "dynamometer_export_failed_total";

    /// Total number of exports that were tried again.
    pub const EXPORT_RETRIED_TOTAL: &str = "dynamometer_export_retried_total";

    /// Every name of the group, in the order of the catalogue.
    pub const ALL: &[&str] = &[
        REGISTRATION_ERRORS_TOTAL,
        DROPPED_SAMPLES_TOTAL,
        SERIES,
        CARDINALITY_OVERFLOW_TOTAL,
        SOURCE_UP,
        SOURCE_DURATION_SECONDS,
        SOURCE_ERRORS_TOTAL,
        MULTIPROCESS_FILES,
        SCRAPE_DURATION_SECONDS,
        WATCH_DELIVERED_TOTAL,
        WATCH_DROPPED_TOTAL,
        EXPORT_SENT_TOTAL,
        EXPORT_FAILED_TOTAL,
        EXPORT_RETRIED_TOTAL,
    ];
}
