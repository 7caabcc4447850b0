@echo off
rem Carousel's command line on Windows; ./carousel does the same elsewhere. Builds the project on
rem first use and whenever a source has changed, then starts it. What it keeps is in
rem target\launcher: remove that folder to start afresh.
rem
rem   JAVA_HOME              the JDK to build and run with; otherwise the java on PATH
rem   CAROUSEL_JAVA_OPTIONS  options for the JVM, such as -Xmx8g
setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
set "home=%home:~0,-1%"
set "state=%home%\target\launcher"

set "java=java"
if not defined JAVA_HOME goto look
set "java=%JAVA_HOME%\bin\java"
if not exist "%java%.exe" (
  echo carousel: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it; set it to a JDK 17 or later>&2
  exit /b 1
)

:look
rem One look at the folder: +1 if a build is needed, +2 if standard error is a terminal.
rem CMD cannot compare the times of files, so PowerShell, which every Windows has, does.
set "CAROUSEL_HOME_=%home%"
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$h = $env:CAROUSEL_HOME_; $built = Join-Path $h 'target\launcher\built'; $answer = 0;" ^
  "if (-not [Console]::IsErrorRedirected) { $answer = 2 };" ^
  "if (-not ((Test-Path -LiteralPath $built) -and (Test-Path -LiteralPath (Join-Path $h 'nlp\target\carousel-nlp.jar')))) { exit $answer + 1 };" ^
  "$time = (Get-Item -LiteralPath $built).LastWriteTime; $places = @('pom.xml', '.mvn', 'nlp\recipes');" ^
  "foreach ($m in Get-ChildItem -LiteralPath $h -Directory) { $places += ($m.Name + '\pom.xml'), ($m.Name + '\src\main') };" ^
  "$files = foreach ($p in $places) { $f = Join-Path $h $p; if (Test-Path -LiteralPath $f) { Get-Item -LiteralPath $f; Get-ChildItem -LiteralPath $f -Recurse } };" ^
  "if ($files | Where-Object { $_.LastWriteTime -gt $time }) { $answer += 1 }; exit $answer"
set "look=%errorlevel%"
set "terminal=false"
if %look% geq 2 set "terminal=true"
if %look% geq 4 (
  echo carousel: PowerShell could not look at %home%>&2
  exit /b 1
)
set /a "stale=%look% & 1"
if %stale%==0 if exist "%state%\arguments" goto start

rem The JDK must be able to build.
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1"') do if not defined version set "version=%%~v"
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if not defined major (
  echo carousel: %java% does not say its version; set JAVA_HOME to a JDK 17 or later>&2
  exit /b 1
)
if %major% lss 17 (
  echo carousel: %java% is Java %major%; set JAVA_HOME to a JDK 17 or later>&2
  exit /b 1
)
where mvn >nul 2>nul
if errorlevel 1 (
  echo carousel: no mvn on PATH; install Maven 3.8.7 or later, which builds Carousel>&2
  exit /b 1
)

rem One at a time: a folder is made atomically.
if not exist "%state%" mkdir "%state%"
mkdir "%state%\lock" 2>nul
if errorlevel 1 (
  echo carousel: another build of %home% is running; wait for it, or remove %state%\lock if there is none>&2
  exit /b 1
)
echo carousel: building; the first time libraries are downloaded, this may take minutes>&2
type nul > "%state%\begun"
rem Libraries of another version would stay on the class path.
if exist "%home%\nlp\target\lib" rmdir /s /q "%home%\nlp\target\lib"
rem Standard output belongs to the command, so Maven speaks on standard error.
call mvn -f "%home%\pom.xml" -q -B -ntp -Dfast -DskipTests -pl nlp -am package 1>&2
if errorlevel 1 (
  rmdir "%state%\lock"
  echo carousel: the build failed; the reason stands above, and 'mvn verify' in %home% says more>&2
  exit /b 1
)
move /y "%state%\begun" "%state%\built" >nul

rem The JVM's arguments, with slashes because a backslash escapes there. A first run archives the
rem classes it loads, with which later starts take a fraction of the time.
set "slashed=%home:\=/%"
set "archive=%slashed%/target/launcher/classes.jsa"
if exist "%state%\classes.jsa" del "%state%\classes.jsa"
call :arguments "%state%\first" ArchiveClassesAtExit
call :arguments "%state%\arguments" SharedArchiveFile
"%java%" "@%state%\first" dev.carousel.cli.Main doctor --json >nul 2>nul
rmdir "%state%\lock"

:start
rem Threads that wait for each other in oneDNN's OpenMP give way soon; ./carousel says why.
if not defined GOMP_SPINCOUNT set "GOMP_SPINCOUNT=1000"
"%java%" "@%state%\arguments" "-Dcarousel.terminal=%terminal%" %CAROUSEL_JAVA_OPTIONS% dev.carousel.cli.Main %*
exit /b %errorlevel%

:arguments
> %1 (
  echo -XX:MaxRAMPercentage=60
  echo -XX:+UseParallelGC
  echo -XX:%2="%archive%"
  echo -Xshare:auto
  echo -Xlog:cds=off -Xlog:cds+dynamic=off
  echo -Djava.awt.headless=true
)
if %major% geq 22 >> %1 echo --enable-native-access=ALL-UNNAMED
>> %1 echo -cp "%slashed%/nlp/target/carousel-nlp.jar;%slashed%/nlp/target/lib/*"
exit /b 0
