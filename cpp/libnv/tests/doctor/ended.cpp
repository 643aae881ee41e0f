#include "ended.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

Ended run(const std::string &line) {
    char errors[] = "/tmp/libnv-doctor-XXXXXX";
    close(mkstemp(errors));
    std::FILE *pipe = popen((line + " 2>" + errors).c_str(), "r");
    Ended ended{0, "", ""};
    for (int c; (c = std::fgetc(pipe)) != EOF;) ended.out += static_cast<char>(c);
    ended.code = WEXITSTATUS(pclose(pipe));
    std::ifstream file(errors);
    ended.error.assign(std::istreambuf_iterator<char>(file), {});
    unlink(errors);
    return ended;
}
