#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

constexpr const char *kPlugin = "libtelemetry_exporter_libnv.so";

struct Ended {
    int code;
    std::string said; // on both streams
};

/// A folder of plug-ins, and the command that is run on it.
class Command : public testing::Test {
protected:
    Command() {
        char name[] = "/tmp/libnv-nixl-XXXXXX";
        folder_ = mkdtemp(name);
    }
    ~Command() override { fs::remove_all(folder_); }

    Ended run(const std::string &arguments) const {
        const std::string line = "env -u NIXL_PLUGIN_DIR " COMMAND_UNDER_TEST " " + arguments;
        std::FILE *pipe = popen((line + " 2>&1").c_str(), "r");
        Ended ended{0, ""};
        for (int c; (c = std::fgetc(pipe)) != EOF;) ended.said += static_cast<char>(c);
        ended.code = WEXITSTATUS(pclose(pipe));
        return ended;
    }

    std::string here() const { return "--plugin-dir " + folder_.string(); }
    fs::path link() const { return folder_ / kPlugin; }

    fs::path folder_;
};

TEST_F(Command, PrintsWhereThePluginIs) {
    const Ended ended = run("--path");
    EXPECT_EQ(ended.code, 0);
    EXPECT_EQ(ended.said, std::string(PLUGIN_UNDER_TEST) + "\n");
}

TEST_F(Command, LinksThePluginAndRemovesIt) {
    EXPECT_EQ(run("--install " + here()).code, 0);
    EXPECT_EQ(fs::read_symlink(link()), PLUGIN_UNDER_TEST);
    EXPECT_EQ(run("--uninstall " + here()).code, 0);
    EXPECT_FALSE(fs::exists(fs::symlink_status(link())));
}

TEST_F(Command, DoesWhatIsDoneAlreadyWithoutAWordOfError) {
    run("--install " + here());
    EXPECT_EQ(run("--install " + here()).said, "already installed: " + link().string() + "\n");
    run("--uninstall " + here());
    const Ended ended = run("--uninstall " + here());
    EXPECT_EQ(ended.code, 0);
    EXPECT_EQ(ended.said, "not installed: " + link().string() + "\n");
}

TEST_F(Command, ReplacesALinkToAnotherInstallation) {
    fs::create_symlink("/nowhere/" + std::string(kPlugin), link());
    EXPECT_EQ(run("--install " + here()).code, 0);
    EXPECT_EQ(fs::read_symlink(link()), PLUGIN_UNDER_TEST);
}

TEST_F(Command, LeavesAFileThatIsNoLink) {
    std::ofstream(link()) << "somebody's";
    for (const char *action : {"--install ", "--uninstall "}) {
        const Ended ended = run(action + here());
        EXPECT_EQ(ended.code, 1);
        EXPECT_NE(ended.said.find("is a file, not a link"), std::string::npos) << ended.said;
    }
    EXPECT_TRUE(fs::is_regular_file(link()));
}

TEST_F(Command, SaysWhichFolderIsNotThere) {
    const Ended ended = run("--install --plugin-dir /nowhere/plugins");
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.said.find("/nowhere/plugins"), std::string::npos) << ended.said;
}

TEST_F(Command, AsksPythonForTheFolder) {
    const fs::path site = folder_ / "site";
    const fs::path plugins = site / ".nixl_cu12.mesonpy.libs" / "plugins";
    fs::create_directories(plugins);
    fs::create_directories(site / "nixl_cu12");
    std::ofstream(site / "nixl_cu12" / "__init__.py") << "raise ImportError('do not import me')";
    setenv("PYTHONPATH", site.c_str(), 1);
    const Ended ended = run("--install");
    EXPECT_EQ(ended.code, 0) << ended.said;
    EXPECT_EQ(fs::read_symlink(plugins / kPlugin), PLUGIN_UNDER_TEST);
}

TEST_F(Command, SaysThatPythonKnowsNoPackage) {
    const fs::path python = folder_ / "python";
    fs::create_symlink("/bin/true", python);
    const Ended ended = run("--install --python " + python.string());
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.said.find("knows no NIXL package"), std::string::npos) << ended.said;
}

TEST_F(Command, SaysThatPythonCannotBeAsked) {
    const Ended ended = run("--install --python /nowhere/python");
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.said.find("cannot ask /nowhere/python"), std::string::npos) << ended.said;
}

TEST_F(Command, RefusesWordsThatMeanNothing) {
    for (const char *arguments : {"", "--instal", "--install --uninstall", "--path --plugin-dir"}) {
        const Ended ended = run(arguments);
        EXPECT_EQ(ended.code, 2) << arguments;
        EXPECT_NE(ended.said.find("--help"), std::string::npos) << ended.said;
    }
    EXPECT_EQ(run("--help").code, 0);
}

} // namespace
