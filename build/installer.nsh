; Added to electron-builder's installer: the network's rules, the machine's data folder, and on the clinic's main computer
; the task that starts the hub with Windows. A silent install is asked with /HUB.
!include FileFunc.nsh
!include LogicLib.nsh

; Windows' own programs by their place: an installer lies in a folder in which others may have put programs. $3: its code.
!macro AnteroomRun PROGRAM ARGUMENTS
  nsExec::Exec '"$SYSDIR\${PROGRAM}" ${ARGUMENTS}'
  Pop $3
!macroend

!macro AnteroomFail TEXT
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel 2
  Abort "${TEXT}"
!macroend

; Rights of a data folder. What cannot be protected is not installed: patients would be open to all who use the computer.
!macro AnteroomRights ARGUMENTS
  !insertmacro AnteroomRun icacls.exe '${ARGUMENTS}'
  ${If} $3 != 0
    !insertmacro AnteroomFail "The folder for Anteroom's data could not be protected ($3). Is the disk NTFS?"
  ${EndIf}
!macroend

; The system's (S-1-5-18), its administrators' (S-1-5-32-544) and the local service's (S-1-5-19), and nobody else's.
; Users (S-1-5-32-545) may see whose it is, and read what is public: where the service listens, and its public key. A
; window believes it only as it is left here (electron/sddl.ts).
!macro AnteroomProtect FOLDER
  !insertmacro AnteroomRights '"${FOLDER}" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-19:(OI)(CI)F *S-1-5-32-545:(RC,RA,REA,X,S)'
  !insertmacro AnteroomRights '"${FOLDER}" /setowner *S-1-5-32-544'
  ; What was brought here from elsewhere has the rights of elsewhere.
  !insertmacro AnteroomRights '"${FOLDER}\*" /setowner *S-1-5-32-544 /T /C /Q'
  !insertmacro AnteroomRights '"${FOLDER}\*" /reset /T /C /Q'
  !insertmacro AnteroomRights '"${FOLDER}\public" /grant:r *S-1-5-32-545:(OI)(CI)RX'
!macroend

!macro AnteroomRule NAME PROTOCOL PORT
  !insertmacro AnteroomRun netsh.exe 'advfirewall firewall delete rule name="Anteroom ${NAME}"'
  !insertmacro AnteroomRun netsh.exe 'advfirewall firewall add rule name="Anteroom ${NAME}" dir=in action=allow protocol=${PROTOCOL} localport=${PORT} profile=private,domain'
!macroend

!macro AnteroomNoRule NAME
  !insertmacro AnteroomRun netsh.exe 'advfirewall firewall delete rule name="Anteroom ${NAME}"'
!macroend

!macro customInstall
  !insertmacro AnteroomRule "stations" TCP 8743
  !insertmacro AnteroomRule "boards and tickets" TCP 8744
  !insertmacro AnteroomRule "finding by name" UDP 5353
  !insertmacro AnteroomRule "finding by broadcast" UDP 8745

  ; On every computer, so that nobody else makes it. Anybody may make folders in ProgramData: one that no installer of
  ; ours has made is put aside, whatever is in it, and ours is made and protected where only administrators write, and
  ; moved into its place whole.
  SetShellVarContext all
  StrCpy $0 "$APPDATA\Anteroom"
  ReadRegStr $4 HKLM "Software\Anteroom" "Folder"
  ${If} $4 != $0
    ClearErrors
    ${If} ${FileExists} "$0"
    ${OrIf} ${FileExists} "$0\*.*"
      System::Call 'kernel32::GetTickCount() i .r5'
      Rename "$0" "$0 found $5"
      ${If} ${Errors}
        !insertmacro AnteroomFail "$0 is there already, is in use, and was not made by this installer. Move it away, and install again."
      ${EndIf}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$0 was there already and was not made by this installer. It is now $0 found $5." /SD IDOK
    ${EndIf}
    RMDir /r "$INSTDIR\data"
    CreateDirectory "$INSTDIR\data\public"
    !insertmacro AnteroomProtect "$INSTDIR\data"
    ClearErrors
    Rename "$INSTDIR\data" "$0"
    ${If} ${Errors}
      !insertmacro AnteroomFail "$0 could not be made. Install again."
    ${EndIf}
    WriteRegStr HKLM "Software\Anteroom" "Folder" "$0"
  ${Else}
    CreateDirectory "$0\public"
    !insertmacro AnteroomProtect "$0"
  ${EndIf}

  ; An update leaves a hub a hub.
  !insertmacro AnteroomRun schtasks.exe '/Query /TN "Anteroom"'
  StrCmp $3 0 anteroomHub
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/HUB" $2
  IfErrors 0 anteroomHub
  MessageBox MB_YESNO|MB_ICONQUESTION "Is this the clinic's main computer?$\r$\n$\r$\nThen Anteroom starts with Windows, before anyone signs in." /SD IDNO IDYES anteroomHub
  ; A station runs in the window of whoever sits here, on a folder of their own. A service that was here once is not waited for.
  Delete "$0\public\here.json"
  Goto anteroomDone
anteroomHub:
  !insertmacro AnteroomRun schtasks.exe '/Create /F /TN "Anteroom" /XML "$INSTDIR\resources\service\anteroom-task.xml"'
  ${If} $3 != 0
    !insertmacro AnteroomFail "The task that starts Anteroom with Windows could not be made ($3). Install again."
  ${EndIf}
  !insertmacro AnteroomRun schtasks.exe '/Run /TN "Anteroom"'
anteroomDone:
!macroend

; Before files are replaced by a newer version, and when it goes for good.
!macro customUnInstall
  !insertmacro AnteroomRun schtasks.exe '/End /TN "Anteroom"'
  ${ifNot} ${isUpdated}
    !insertmacro AnteroomRun schtasks.exe '/Delete /F /TN "Anteroom"'
    ; Where a service listens that is no more: a window would wait for it for ever.
    SetShellVarContext all
    Delete "$APPDATA\Anteroom\public\here.json"
    !insertmacro AnteroomNoRule "stations"
    !insertmacro AnteroomNoRule "boards and tickets"
    !insertmacro AnteroomNoRule "finding by name"
    !insertmacro AnteroomNoRule "finding by broadcast"
  ${endIf}
  ; The data stays, and whose it is.
!macroend
